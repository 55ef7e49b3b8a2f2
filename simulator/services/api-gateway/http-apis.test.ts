import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test, type TestContext } from 'node:test';
import { arnOf, startTestStack } from '../../template/stack.fixture.ts';

const ECHO = 'export const handler = async (event) => event;';
const DOMAIN = 'voicemail.example.com';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0d1e2f30-0000-4000-8000-00000000c001';

interface Changes {
  readonly code?: string;
  readonly permission?: Readonly<Record<string, unknown>>;
  readonly stage?: Readonly<Record<string, unknown>>;
  readonly api?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** An API whose every request reaches the function, at its own address and at a domain name. */
async function startApi(t: TestContext, { code = ECHO, permission, stage, api, resources }: Changes = {}) {
  const ApiId = { Ref: 'Api' };
  const simulator = await startTestStack(t, {
    functions: { opener: { code } },
    resources: {
      Allowed: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: arnOf('opener'),
          Principal: 'apigateway.amazonaws.com',
          SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:us-east-1:111122223333:${Api}/*/*' },
          ...permission,
        },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'links', ProtocolType: 'HTTP', ...api } },
      Behind: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId,
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: arnOf('opener'),
          PayloadFormatVersion: '2.0',
        },
      },
      All: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId, RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${Behind}' } },
      },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId, StageName: '$default', AutoDeploy: true, ...stage },
      },
      Domain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: {
          DomainName: DOMAIN,
          DomainNameConfigurations: [
            { CertificateArn: CERTIFICATE, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
          ],
        },
      },
      Mapping: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: { ApiId, DomainName: { Ref: 'Domain' }, Stage: { Ref: 'Stage' } },
      },
      ...resources,
    },
    outputs: { Address: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
  });
  const { Address: address = '' } = simulator.deployment.outputs;
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/_api\/[0-9a-f]{10}$/);
  return { simulator, address };
}

/** Asks for a path of a host, which is the gateway whatever its name. */
function askAt(endpoint: string, host: string, path: string): Promise<{ status?: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status?: number; text: string }>();
  const asking = request(`${endpoint}${path}`, { headers: { host } }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    answer.on('end', () => resolve({ ...(answer.statusCode && { status: answer.statusCode }), text }));
  });
  asking.on('error', reject).end();
  return promise;
}

test('a request to an HTTP API reaches the function in payload format 2.0', async (t) => {
  const { address } = await startApi(t);

  const answer = await fetch(`${address}/r/a%20token?x=1&x=2`, { headers: { Cookie: 'a=1; b=2' } });

  const event = JSON.parse(await answer.text());
  assert.equal(event.version, '2.0');
  assert.equal(event.routeKey, '$default');
  assert.equal(event.rawPath, '/r/a%20token');
  assert.deepEqual(event.queryStringParameters, { x: '1,2' });
  assert.deepEqual(event.cookies, ['a=1', 'b=2']);
  const { accountId, apiId, stage, http } = event.requestContext;
  assert.deepEqual([accountId, stage, http.method], ['111122223333', '$default', 'GET']);
  assert.ok(address.endsWith(apiId));
});

test('a domain name of one’s own leads to the same API, whatever the port and the capitals', async (t) => {
  const { simulator } = await startApi(t);

  const answer = await askAt(simulator.endpoint, 'Voicemail.Example.com:443', '/r/token');

  const event = JSON.parse(answer.text);
  assert.equal(event.rawPath, '/r/token');
  assert.equal(event.requestContext.domainName, 'Voicemail.Example.com:443');
});

test('a permission for another API does not allow this one', async (t) => {
  const SourceArn = 'arn:aws:execute-api:us-east-1:111122223333:another123/*/*';
  const { address } = await startApi(t, { permission: { SourceArn } });

  const answer = await fetch(address);

  assert.equal(answer.status, 500);
  assert.deepEqual(await answer.json(), { message: 'Internal Server Error' });
});

test('a function that fails gives 500, where a function URL gives 502', async (t) => {
  const { address } = await startApi(t, {
    code: `export const handler = async () => { throw new Error('no'); };`,
  });

  assert.equal((await fetch(address)).status, 500);
});

test('a stage throttles over its burst', async (t) => {
  const DefaultRouteSettings = { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.001 };
  const { address } = await startApi(t, { stage: { DefaultRouteSettings } });

  const statuses: number[] = [];
  for (let asked = 0; asked < 3; asked++) statuses.push((await fetch(address)).status);

  assert.deepEqual(statuses, [200, 200, 429]);
});

test('an API can be without its own address, and then its domain name still answers', async (t) => {
  const { simulator, address } = await startApi(t, { api: { DisableExecuteApiEndpoint: true } });

  assert.equal((await fetch(address)).status, 404);
  assert.equal((await askAt(simulator.endpoint, DOMAIN, '/')).status, 200);
});

function domain(DomainName: string, CertificateArn: string) {
  return {
    Other: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName,
        DomainNameConfigurations: [{ CertificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
      },
    },
  };
}

test('a certificate of another Region, and a domain name that is taken, are refused', async (t) => {
  const elsewhere = CERTIFICATE.replace('us-east-1', 'eu-west-2');

  await assert.rejects(startApi(t, { resources: domain('a.example.com', elsewhere) }), /is not in us-east-1/);
  await assert.rejects(startApi(t, { resources: domain(DOMAIN, CERTIFICATE) }), /already exists/);
});
