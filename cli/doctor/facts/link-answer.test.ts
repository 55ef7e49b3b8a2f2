import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { answerFrom } from './link-answer.ts';

async function serve(t: TestContext, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  t.after(() => server.listening && close());
  return { port, close };
}

test('a page of ours is an answer, and any other is a refusal', async (t) => {
  const ours = await serve(t, (_, response) => response.writeHead(403, { 'x-robots-tag': 'noindex' }).end());
  const other = await serve(t, (_, response) => response.writeHead(502).end());

  assert.deepEqual(await answerFrom(`http://127.0.0.1:${ours.port}/`, 5000), { kind: 'answered' });
  assert.deepEqual(await answerFrom(`http://127.0.0.1:${other.port}/`, 5000), {
    kind: 'refused',
    status: 502,
  });
});

async function whyOf(address: string, patienceMs = 5000) {
  const answer = await answerFrom(address, patienceMs);
  return answer.kind === 'unreachable' && answer.why;
}

test('a server that says nothing, one that is gone, no TLS and no name are distinguished', async (t) => {
  const silent = await serve(t, () => {});
  const gone = await serve(t, () => {});
  await gone.close();

  assert.equal(await whyOf(`http://127.0.0.1:${silent.port}/`, 1), 'time');
  assert.equal(await whyOf(`http://127.0.0.1:${gone.port}/`), 'connection');
  assert.equal(await whyOf(`https://127.0.0.1:${silent.port}/`), 'certificate');
  assert.equal(await whyOf('http://nobody.invalid/'), 'name');
});
