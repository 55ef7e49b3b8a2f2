import { z } from 'zod';
import { HTTP_API_PREFIX } from '../../services/api-gateway/http-apis.ts';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { requireFunction } from './lambda-function.ts';
import { permits } from './lambda-permission.ts';

const Tags = z.record(z.string(), z.string()).optional();

const Api = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP', { error: 'only HTTP APIs are known to the simulator' }),
  Description: z.string().optional(),
  DisableExecuteApiEndpoint: z.boolean().default(false),
  Tags,
});

const Integration = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.coerce.number().int().min(50).max(30_000).optional(),
});

const Route = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.literal('$default', { error: 'only the route $default is known to the simulator' }),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE').optional(),
});

const Stage = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', { error: 'only the stage $default is known to the simulator' }),
  AutoDeploy: z.literal(true, {
    error: 'without AutoDeploy nothing is deployed, and deployments are not simulated',
  }),
  DefaultRouteSettings: z
    .strictObject({
      ThrottlingBurstLimit: z.coerce.number().int().min(0),
      ThrottlingRateLimit: z.coerce.number().min(0),
    })
    .optional(),
  Tags,
});

const DomainName = z.strictObject({
  DomainName: z.string().regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
  DomainNameConfigurations: z.tuple([
    z.strictObject({
      CertificateArn: z.string(),
      EndpointType: z.literal('REGIONAL'),
      SecurityPolicy: z.literal('TLS_1_2'),
    }),
  ]),
  Tags,
});

const ApiMapping = z.strictObject({
  ApiId: z.string(),
  DomainName: z.string(),
  Stage: z.literal('$default'),
});

/** Ten letters and digits, as API Gateway's ids are. */
const idOf = (seed: string) => uuidOf(seed).replaceAll('-', '').slice(0, 10);

const api: ResourceKind = {
  identify({ seed, cloud }) {
    const ApiId = idOf(seed);
    return {
      ref: ApiId,
      attributes: { ApiId, ApiEndpoint: `${cloud.endpoint()}${HTTP_API_PREFIX}${ApiId}` },
    };
  },
  deploy: (resource) => void parseProperties(Api, resource),
};

const part = (attribute: string, shape: z.ZodType): ResourceKind => ({
  identify: ({ seed }) => ({ ref: idOf(seed), attributes: { [attribute]: idOf(seed) } }),
  deploy: (resource) => void parseProperties(shape, resource),
});

/** It makes of API, route and integration what answers; a permission for another API does not count. */
const stage: ResourceKind = {
  identify: () => ({ ref: '$default', attributes: {} }),
  deploy: putStage,
  update: putStage,
  settle: putStage,
  remove(resource, { cloud }) {
    cloud.httpApis.removeStage(parseProperties(Stage, resource).ApiId);
  },
};

function putStage(resource: StackResource, stack: Stack): void {
  const { ApiId: apiId, DefaultRouteSettings: settings } = parseProperties(Stage, resource);
  const { where } = resource;
  const itsApi = stack.ofType('AWS::ApiGatewayV2::Api').find(({ identity }) => identity().ref === apiId);
  if (!itsApi) throw new TemplateError(`${where}: ApiId is no API of the template`);
  const { DisableExecuteApiEndpoint } = parseProperties(Api, itsApi);
  const { arn: functionArn } = requireFunction(integrationOf(apiId, resource, stack), stack, where);
  const { partition, region, id } = stack.account;
  const asked = {
    functionArn,
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceArn: `arn:${partition}:execute-api:${region}:${id}:${apiId}/$default/$default`,
  };
  stack.cloud.httpApis.putStage({
    apiId,
    functionArn,
    isAllowed: permits(stack, asked),
    hasOwnAddress: !DisableExecuteApiEndpoint,
    throttle: settings && {
      perSecond: settings.ThrottlingRateLimit,
      burst: settings.ThrottlingBurstLimit,
    },
  });
}

/** The ARN of the function behind the API's route. */
function integrationOf(apiId: string, { where }: StackResource, stack: Stack): string {
  const [route] = stack
    .ofType('AWS::ApiGatewayV2::Route')
    .map((one) => parseProperties(Route, one))
    .filter((one) => one.ApiId === apiId);
  if (!route) throw new TemplateError(`${where}: the API has no route`);
  const integration = stack
    .ofType('AWS::ApiGatewayV2::Integration')
    .find(({ identity }) => `integrations/${identity().ref}` === route.Target);
  if (!integration) throw new TemplateError(`${where}: ${route.Target} is no integration of the template`);
  return parseProperties(Integration, integration).IntegrationUri;
}

/** Taken by nobody else. Its certificate has to be in the same Region. */
const domainName: ResourceKind = {
  identify({ property, seed, account: { region } }) {
    const RegionalDomainName = `d-${idOf(seed)}.execute-api.${region}.amazonaws.com`;
    const attributes = { RegionalDomainName, RegionalHostedZoneId: `Z${idOf(seed).toUpperCase()}` };
    return { ref: String(property('DomainName')), attributes };
  },
  deploy(resource, { cloud, account }) {
    const { DomainName: name, DomainNameConfigurations } = parseProperties(DomainName, resource);
    const [{ CertificateArn: certificate }] = DomainNameConfigurations;
    if (!certificate.startsWith(`arn:${account.partition}:acm:${account.region}:`))
      throw new TemplateError(
        `${resource.where}: the certificate ${certificate} is not in ${account.region}`,
      );
    if (cloud.httpApis.hasDomain(name))
      throw new TemplateError(`${resource.where}: The domain name you provided already exists.`);
    cloud.httpApis.addDomain(name);
  },
  update: (resource) => void parseProperties(DomainName, resource),
  remove: ({ identity }, { cloud }) => cloud.httpApis.removeDomain(identity().ref),
};

const apiMapping: ResourceKind = {
  identify: ({ seed }) => ({ ref: idOf(seed), attributes: { ApiMappingId: idOf(seed) } }),
  deploy: mapDomain,
  update: mapDomain,
  remove(resource, { cloud }) {
    cloud.httpApis.unmapDomain(parseProperties(ApiMapping, resource).DomainName);
  },
};

function mapDomain(resource: StackResource, { cloud }: Stack): void {
  const { DomainName: name, ApiId } = parseProperties(ApiMapping, resource);
  if (!cloud.httpApis.hasDomain(name))
    throw new TemplateError(`${resource.where}: Invalid domain name identifier specified`);
  cloud.httpApis.mapDomain(name, ApiId);
}

/** AWS::ApiGatewayV2: an HTTP API in front of one function, in the order of deployment. */
export const API_GATEWAY: Readonly<Record<string, ResourceKind>> = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Integration': part('IntegrationId', Integration),
  'AWS::ApiGatewayV2::Route': part('RouteId', Route),
  'AWS::ApiGatewayV2::Stage': stage,
  'AWS::ApiGatewayV2::DomainName': domainName,
  'AWS::ApiGatewayV2::ApiMapping': apiMapping,
};
