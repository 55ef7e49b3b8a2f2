import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Leftovers, TestOutcome } from '../domain/test-voicemail.ts';
import { canaryHandler } from './canary.ts';

const NOTHING: Leftovers = { removed: 0, young: 0, left: [] };
const DELIVERED: TestOutcome = { kind: 'delivered', wrong: [], unseen: [], left: [] };

/** A run after these leftovers: how many tests it sent, what it logged, and what it threw. */
async function run(leftovers: Partial<Leftovers>, outcome: TestOutcome = DELIVERED) {
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  let sent = 0;
  const handler = canaryHandler({
    removeLeftovers: async () => ({ ...NOTHING, ...leftovers }),
    async send() {
      sent++;
      return outcome;
    },
    log: { debug: say, info: say, warn: say, error: say },
  });
  const failure = await handler().then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return { sent, said, failure };
}

test('one that came through is said, and is no failure', async () => {
  assert.deepEqual(await run({}), { sent: 1, said: ['the canary came through'], failure: undefined });
});

test('what is wrong, was not seen, lost, not tried or left is a failure with its reason', async () => {
  for (const [outcome, why] of [
    [{ ...DELIVERED, wrong: ['other words', 'no link'] }, /other words; no link$/],
    [{ ...DELIVERED, unseen: ['no way to the link'] }, /no way to the link$/],
    [{ ...DELIVERED, left: ['its task: refused'] }, /not removed: its task: refused$/],
    [
      { kind: 'lost', why: 'it is transcribing', left: ['the job'] },
      /it is transcribing; not removed: the job$/,
    ],
    [{ kind: 'not tried', why: 's3:PutObject was refused', left: [] }, /s3:PutObject was refused$/],
  ] as const satisfies readonly (readonly [TestOutcome, RegExp])[]) {
    const { failure = '', said } = await run({}, outcome);

    assert.match(failure, /^Error: the canary did not come through: /);
    assert.match(failure, why);
    assert.deepEqual(said, []);
  }
});

test('a second one while another is under way sends nothing', async () => {
  const { sent, said, failure } = await run({ young: 1 });

  assert.equal(sent, 0);
  assert.equal(failure, undefined);
  assert.match(said.join(), /another canary is under way/);
});

test('what an earlier one left and nobody can remove is a failure each time, beside a test that came through', async () => {
  const left = ['the contact c1: refused'];
  for (const young of [0, 1]) {
    const { sent, failure = '' } = await run({ removed: 1, young, left });

    assert.equal(sent, 1 - young);
    assert.match(failure, /not removed: the contact c1: refused$/);
  }
});
