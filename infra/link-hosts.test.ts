import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { z } from 'zod';
import written from '../voicemail.config.ts';
import { parseConfig, type VoicemailConfig } from './config.ts';
import { readable, testStack } from './stack.fixture.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0d1e2f30-0000-4000-8000-00000000c001';
const Outputs = z.object({ Outputs: z.record(z.string(), z.object({ Value: z.unknown() })) });

function stackWith(t: TestContext, links: VoicemailConfig['links'], change: Partial<VoicemailConfig> = {}) {
  const stack = testStack(parseConfig({ ...written, ...change, ...(links && { links }) }));
  t.after(stack.remove);
  stack.app.synth();
  const { Outputs: outputs } = Outputs.parse(JSON.parse(stack.text()));
  return {
    ...stack,
    output: (name: string) => outputs[name] && readable(outputs[name].Value),
    types: new Set(stack.resources().map(({ Type }) => Type)),
  };
}

const { email, ...withoutEmail } = written;

test('without the setting links lead to a function URL, and there is no API', (t) => {
  const { output, types } = stackWith(t, undefined);

  assert.equal(output('LinkHost'), 'function-url');
  assert.match(output('LinkAddress') ?? '', /^openrecording\w+\.FunctionUrl$/);
  assert.ok(!types.has('AWS::ApiGatewayV2::Api'));
});

test('behind API Gateway there is no function that everybody may invoke, and a limit', (t) => {
  const { output, types, resourcesOf } = stackWith(t, { host: 'api-gateway' });

  assert.ok(!types.has('AWS::Lambda::Url'));
  assert.match(output('LinkAddress') ?? '', /^links\w+\.ApiEndpoint\/$/);
  const principals = resourcesOf('AWS::Lambda::Permission').map(({ Properties }) => Properties['Principal']);
  assert.ok(!principals.includes('*'));
  const [permission] = resourcesOf('AWS::Lambda::Permission').filter(
    ({ Properties }) => Properties['Principal'] === 'apigateway.amazonaws.com',
  );
  assert.match(
    readable(permission?.Properties['SourceArn']),
    /:execute-api:us-east-1:111122223333:links\w+\/\*\/\*$/,
  );
  const [stage] = resourcesOf('AWS::ApiGatewayV2::Stage');
  assert.deepEqual(stage?.Properties['DefaultRouteSettings'], {
    ThrottlingBurstLimit: 100,
    ThrottlingRateLimit: 50,
  });
  assert.equal(stage?.Properties['AccessLogSettings'], undefined, 'a path is a link');
});

test('a name of one’s own leads to the API, whose own address stays open', (t) => {
  const domainName = 'voicemail.acme.example';
  const { output, resourcesOf } = stackWith(t, {
    host: 'own-domain',
    domainName,
    certificateArn: CERTIFICATE,
  });

  assert.equal(output('LinkAddress'), `https://${domainName}/`);
  assert.match(output('LinkDomainTarget') ?? '', /RegionalDomainName$/);
  assert.match(output('LinkDomainHostedZone') ?? '', /RegionalHostedZoneId$/);
  const [api] = resourcesOf('AWS::ApiGatewayV2::Api');
  assert.equal(api?.Properties['DisableExecuteApiEndpoint'], undefined);
  const [domain] = resourcesOf('AWS::ApiGatewayV2::DomainName');
  assert.deepEqual(domain?.Properties['DomainNameConfigurations'], [
    { CertificateArn: CERTIFICATE, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
  ]);
});

test('an address that links were sent with stays the same resource when another host takes over', (t) => {
  const urlOf = (stack: ReturnType<typeof stackWith>) =>
    stack.resourcesOf('AWS::Lambda::Url').map(({ id }) => id);
  const apiOf = (stack: ReturnType<typeof stackWith>) =>
    stack.resourcesOf('AWS::ApiGatewayV2::Api').map(({ id }) => id);
  const url = stackWith(t, undefined);
  const api = stackWith(t, { host: 'api-gateway', alsoAt: ['function-url'] });
  const back = stackWith(t, { host: 'function-url', alsoAt: ['api-gateway'] });

  assert.deepEqual(urlOf(api), urlOf(url));
  assert.deepEqual(apiOf(back), apiOf(api));
});

test('without links nothing opens them, nothing signs them, and no alarm waits for them; the key stays', (t) => {
  const { output, types, resourcesOf, text } = stackWith(
    t,
    { host: 'none' },
    { ...withoutEmail, monitoring: 'full', email: { ...(email ?? nothing()), recording: 'attach' } },
  );

  assert.deepEqual([output('LinkHost'), output('LinkAddress')], ['none', undefined]);
  assert.ok(!types.has('AWS::Lambda::Url') && !types.has('AWS::ApiGatewayV2::Api'));
  assert.doesNotMatch(text(), /open-recording|LINK_BASE_URL|secretsmanager:GetSecretValue|links do not open/);
  assert.equal(resourcesOf('AWS::SecretsManager::Secret').length, 1);
});

test('without new links those that were sent still open, if the settings say where', (t) => {
  const { output, types, text } = stackWith(
    t,
    { host: 'none', alsoAt: ['function-url'] },
    { ...withoutEmail, email: { ...(email ?? nothing()), recording: 'attach' } },
  );

  assert.equal(output('LinkAddress'), undefined);
  assert.ok(types.has('AWS::Lambda::Url'));
  assert.match(text(), /links do not open/);
  assert.doesNotMatch(text(), /LINK_BASE_URL/);
});

function nothing(): never {
  throw new Error('the sample has no email');
}
