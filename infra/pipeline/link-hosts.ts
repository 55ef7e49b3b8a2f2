import { CfnOutput, Stack } from 'aws-cdk-lib';
import {
  CfnApi,
  CfnApiMapping,
  CfnDomainName,
  CfnIntegration,
  CfnRoute,
  CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { VoicemailConfig } from '../config.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import { linkHostOf, opensAt } from '../link-settings.ts';

/**
 * How often links may be opened, all together: far more than agents do, and no more than the account would miss. A
 * function URL has no such limit.
 */
const MOST_REQUESTS = { perSecond: 50, burst: 100 } as const;

interface LinkHostsProps {
  readonly config: VoicemailConfig;
  /** What opens links. Undefined: there is nothing at which they open. */
  readonly opener: PipelineFunction | undefined;
}

/**
 * Makes the addresses at which links open. Returns what new links begin with, ending in a slash; undefined: there are
 * no new links.
 *
 * Each address leads all that comes to one function, which checks the signed token in the path: anybody may ask.
 * Nothing logs the requests, because a path is a link.
 */
export function linkHosts(stack: Stack, { config, opener }: LinkHostsProps): string | undefined {
  const host = linkHostOf(config);
  const tell = (id: string, value: string) => new CfnOutput(stack, id, { value });
  tell('LinkHost', host);
  if (!opener) return undefined;
  const functionUrl = opensAt('function-url', config) ? opener.publicUrl() : undefined;
  const api = opensAt('api-gateway', config) ? httpApi(stack, opener) : undefined;
  const domain = api && domainName(api, config);
  const addresses = {
    'function-url': functionUrl,
    'api-gateway': api && `${api.api.attrApiEndpoint}/`,
    'own-domain': domain && `https://${domain.domainName}/`,
    none: undefined,
  };
  // What every link to a recording begins with: for `vmx doctor`, which looks whether it can be reached.
  const address = addresses[host];
  if (address !== undefined) tell('LinkAddress', address);
  // Where the domain name has to lead: an administrator makes that record.
  if (domain) {
    tell('LinkDomainTarget', domain.attrRegionalDomainName);
    tell('LinkDomainHostedZone', domain.attrRegionalHostedZoneId);
  }
  return address;
}

interface HttpApi {
  readonly scope: Construct;
  readonly api: CfnApi;
  readonly stage: CfnStage;
}

/** An HTTP API with one route: the function answers every request, as behind a function URL. */
function httpApi(stack: Stack, opener: PipelineFunction): HttpApi {
  const scope = new Construct(stack, 'links');
  const api = new CfnApi(scope, 'Api', {
    name: `${stack.stackName} links`,
    description: 'Opens the links to voicemail recordings',
    protocolType: 'HTTP',
  });
  const integration = new CfnIntegration(scope, 'Integration', {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: opener.function.functionArn,
    payloadFormatVersion: '2.0',
  });
  const route = new CfnRoute(scope, 'Route', {
    apiId: api.ref,
    routeKey: '$default',
    target: `integrations/${integration.ref}`,
  });
  const stage = new CfnStage(scope, 'Stage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    defaultRouteSettings: {
      throttlingRateLimit: MOST_REQUESTS.perSecond,
      throttlingBurstLimit: MOST_REQUESTS.burst,
    },
  });
  stage.addResourceDependency(route);
  opener.function.addPermission('AskedByApi', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: stack.formatArn({ service: 'execute-api', resource: api.ref, resourceName: '*/*' }),
  });
  return { scope, api, stage };
}

/** A name of the administrator's for the API. The API's own address stays open, for links that were sent with it. */
function domainName({ scope, api, stage }: HttpApi, { links }: VoicemailConfig): CfnDomainName | undefined {
  if (links?.host !== 'own-domain') return undefined;
  const { domainName: name, certificateArn } = links;
  if (name === undefined || certificateArn === undefined) {
    throw new Error('a domain name and its certificate were checked with the settings');
  }
  const domain = new CfnDomainName(scope, 'DomainName', {
    domainName: name,
    domainNameConfigurations: [{ certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' }],
  });
  new CfnApiMapping(scope, 'Mapping', { apiId: api.ref, domainName: domain.ref, stage: stage.ref });
  return domain;
}
