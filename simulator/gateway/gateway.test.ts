import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { createClock } from '../clock.ts';
import { createHappenings } from '../happenings.ts';
import { createGateway } from './gateway.ts';
import { createIdentities } from './iam.ts';

test('half a request stops the time for a limited time only, and then gets a 408', async (t) => {
  const clock = createClock('fast');
  const gateway = await createGateway({
    clock,
    happenings: createHappenings(),
    services: [],
    identities: createIdentities(),
    longestReadMs: 50,
  });
  t.after(async () => {
    await gateway.close();
    clock.stop();
  });
  const socket = connect(Number(new URL(gateway.endpoint).port), '127.0.0.1');
  await once(socket, 'connect');

  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
  const answer = await text(socket);
  await clock.sleep(3_600_000);

  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.match(answer, /RequestTimeout/);
});
