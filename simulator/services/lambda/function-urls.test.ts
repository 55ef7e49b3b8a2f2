import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { arnOf, startTestStack } from '../../template/stack.fixture.ts';

const ECHO = 'export const handler = async (event) => event;';

test('a request to a function URL reaches the function in payload format 2.0', async (t) => {
  const url = await startUrl(t, ECHO);

  const answer = await fetch(`${url}r/a%20token?x=1&x=2&y=`, {
    headers: { 'User-Agent': 'a browser', Cookie: 'a=1; b=2', 'X-Mine': 'yes' },
  });

  const event = JSON.parse(await answer.text());
  assert.equal(event.version, '2.0');
  assert.equal(event.rawPath, '/r/a%20token');
  assert.equal(event.rawQueryString, 'x=1&x=2&y=');
  assert.deepEqual(event.queryStringParameters, { x: '1,2', y: '' });
  assert.deepEqual(event.cookies, ['a=1', 'b=2']);
  assert.equal(event.headers['x-mine'], 'yes');
  const { http, timeEpoch } = event.requestContext;
  const userAgent = 'a browser';
  const path = '/r/a%20token';
  assert.deepEqual(http, { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent });
  assert.equal(typeof timeEpoch, 'number');
  assert.equal(event.isBase64Encoded, false);
});

test('a text body stays text, any other becomes Base64', async (t) => {
  const url = await startUrl(t, ECHO);
  async function post(type: string) {
    const request = { method: 'POST', body: 'hello', headers: { 'content-type': type } };
    return JSON.parse(await (await fetch(url, request)).text());
  }

  const [text, bytes] = [await post('text/plain'), await post('audio/wav')];

  assert.deepEqual([text.body, text.isBase64Encoded], ['hello', false]);
  assert.deepEqual([bytes.body, bytes.isBase64Encoded], ['aGVsbG8=', true]);
});

test('a redirect is a redirect', async (t) => {
  const url = await startUrl(
    t,
    `export const handler = async () => ({ statusCode: 302, headers: { Location: 'http://127.0.0.1/there' } });`,
  );

  const answer = await fetch(url, { redirect: 'manual' });

  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get('location'), 'http://127.0.0.1/there');
});

test('bytes come back as bytes', async (t) => {
  const url = await startUrl(
    t,
    `export const handler = async () => ({ statusCode: 200, isBase64Encoded: true, body: 'AAEC', headers: { 'content-type': 'audio/wav' } });`,
  );

  const answer = await fetch(url);

  assert.equal(answer.headers.get('content-type'), 'audio/wav');
  assert.deepEqual([...new Uint8Array(await answer.arrayBuffer())], [0, 1, 2]);
});

test('a function that fails, or returns an invalid response, gives 502', async (t) => {
  for (const answer of [`{ throw new Error('no'); }`, `({ statusCode: 'fine' })`]) {
    const url = await startUrl(t, `export const handler = async () => ${answer};`);

    assert.equal((await fetch(url)).status, 502);
  }
});

test('without the permission to invoke it through its URL the function cannot be called', async (t) => {
  const url = await startUrl(t, ECHO, ['lambda:InvokeFunctionUrl']);

  assert.equal((await fetch(url)).status, 403);
});

test('a permission for URLs of another auth type does not allow this one', async (t) => {
  const url = await startUrl(t, ECHO, undefined, { FunctionUrlAuthType: 'AWS_IAM' });

  assert.equal((await fetch(url)).status, 403);
});

async function startUrl(
  t: TestContext,
  code: string,
  allowed: readonly string[] = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
  conditions: Readonly<Record<string, string>> = {},
): Promise<string> {
  const permissions = allowed.map((Action) => [
    Action.replace(':', ''),
    {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action, FunctionName: arnOf('opener'), Principal: '*', ...conditions },
    },
  ]);
  const { deployment } = await startTestStack(t, {
    functions: { opener: { code } },
    resources: {
      ...Object.fromEntries(permissions),
      Url: {
        Type: 'AWS::Lambda::Url',
        Properties: { TargetFunctionArn: arnOf('opener'), AuthType: 'NONE' },
      },
    },
    outputs: { Link: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } } },
  });
  const { Link = '' } = deployment.outputs;
  assert.match(Link, /^http:\/\/127\.0\.0\.1:\d+\/_url\/Test-opener-[\w-]+\/$/);
  return Link;
}
