import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedError } from '../command.ts';
import { deployThenVerify } from './then-verify.ts';

function deploying({ deployed = 0, verified = 0, isThere = true } = {}) {
  const did: string[] = [];
  const said: string[] = [];
  const work = {
    terminal: { out: (line: string) => void said.push(line) },
    async requireQueue(name: string) {
      if (!isThere) throw new RefusedError(`no queue ${name}`);
    },
    async deploy() {
      did.push('deploy');
      return deployed;
    },
    async verify(queue: string) {
      did.push(`verify ${queue}`);
      return verified;
    },
  };
  return { did, said, run: (queue?: string) => deployThenVerify(queue, work) };
}

test('a deployment ends with a test voicemail if there is a queue for it', async () => {
  const world = deploying();

  assert.equal(await world.run('Test'), 0);
  assert.deepEqual(world.did, ['deploy', 'verify Test']);
});

test('without a queue it says how to try the stack, and tries nothing', async () => {
  const world = deploying();

  assert.equal(await world.run(), 0);
  assert.deepEqual(world.did, ['deploy']);
  assert.match(world.said.join('\n'), /not tried: npx vmx verify --queue NAME .*--test-queue NAME/);
});

test('a queue that is not there is refused before anything is deployed', async () => {
  const world = deploying({ isThere: false });

  await assert.rejects(world.run('Tset'), /no queue Tset/);
  assert.deepEqual(world.did, []);
});

test('what did not deploy is not tried, and what does not deliver is a finding', async () => {
  const failed = deploying({ deployed: 1 });
  assert.equal(await failed.run('Test'), 1);
  assert.deepEqual(failed.did, ['deploy']);

  for (const verified of [1, 2]) assert.equal(await deploying({ verified }).run('Test'), 1);
});
