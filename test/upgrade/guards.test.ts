import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createLook } from '../../cli/doctor/look.ts';
import { runUpgrade } from '../../cli/upgrade/run-upgrade.ts';
import { parseUpgradeOptions } from '../../cli/upgrade/upgrade-options.ts';
import type { TestOutcome } from '../../src/domain/test-voicemail.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';

const STACK = 'VoicemailExpress';
const DELIVERED: TestOutcome = { kind: 'delivered', wrong: [], unseen: [], left: [] };
const TO_BILLING = ['--test-queue', 'Billing'];

interface Situation {
  /** That the stack says of itself. Absent: none. */
  readonly deployed?: string;
  /** Absent: there is a stack. */
  readonly status?: string;
  readonly outcome?: TestOutcome;
  /** The template that is deployed. Undefined: it is not found as it was deployed. */
  readonly former?: string | undefined;
  /** What is typed at the questions. Absent: nobody is there. */
  readonly typed?: readonly string[];
}

/** An administrator with the folder of version 0.10.0; deployments and test voicemails are stand-ins. */
async function administrator(t: TestContext, situation: Situation = {}) {
  const { deployed, status = 'UPDATE_COMPLETE', outcome = DELIVERED, typed } = situation;
  const versions = [deployed, '0.10.0'];
  const looks = await Promise.all(versions.map((version) => accountWith(t, { version, status })));
  const [before, after] = looks;
  assert.ok(before && after);
  const said: string[] = [];
  const did: string[] = [];
  const say = (text: string) => void said.push(text);
  const answers = [...(typed ?? [])];
  const read = (question: string) => {
    said.push(question);
    return Promise.resolve(answers.shift() ?? '');
  };
  const note = (what: string) => {
    did.push(what);
    return Promise.resolve(0);
  };
  const upgrade = (...args: readonly string[]) =>
    runUpgrade(parseUpgradeOptions(args), {
      terminal: { out: say, err: say },
      prompter: typed && { say, read },
      settingsFile: 'deployments/acme.config.ts',
      look: before(),
      lookAgain: () => (did.includes('deploy') ? after() : before()),
      version: '0.10.0',
      changelog: '## 0.10.0\n\n- New. **Do:** dance.\n',
      deploy: () => note('deploy'),
      formerTemplate: () => Promise.resolve('former' in situation ? situation.former : '{}'),
      deployFormer: (template) => note(`back to ${template}`),
      reindex: () => note('reindex'),
      async test({ name }) {
        await note(`test ${name}`);
        return outcome;
      },
    });
  return { upgrade, did, heard: () => said.join('\n') };
}

async function accountWith(
  t: TestContext,
  { version, status }: { version?: string | undefined; status: string },
) {
  const outputs = { LedgerTable: 'ledger', ...(version !== undefined && { Version: version }) };
  const { endpoint, credentials, close } = await startSimulator({
    world: configuredWorld(),
    state: { stacks: [{ name: STACK, status, outputs }] },
    recognizer: createStandInRecognizer(''),
  });
  t.after(close);
  const limits = { wait: () => Promise.resolve(), clock: () => 0 };
  return () => createLook({ config: sample, place: { endpoint, credentials }, limits });
}

test('a person hears what is to be done first, names a queue, and agrees', async (t) => {
  const { upgrade, did, heard } = await administrator(t, {
    deployed: '0.9.0',
    typed: ['Nobody’s', 'Billing', 'y'],
  });

  assert.equal(await upgrade(), 0);

  assert.deepEqual(did, ['deploy', 'test Billing', 'reindex']);
  assert.match(heard(), /deployed: 0\.9\.0\n {2}this folder: 0\.10\.0\n/);
  assert.match(heard(), /the instance has no queue "Nobody’s"\. It has: .*Billing/);
  assert.match(heard(), /What you have to do:\n {2}0\.10\.0 {2}Do: dance\./);
  assert.match(heard(), /If the stack does not deliver it, the stack goes back to what is deployed now\./);
  assert.match(heard(), /Upgrade the stack VoicemailExpress to 0\.10\.0\?/);
  assert.match(heard(), /The test voicemail was delivered, with its transcript and its link, and removed\./);
});

test('a person who does not agree changes nothing', async (t) => {
  const { upgrade, did } = await administrator(t, { deployed: '0.9.0', typed: ['Billing', ''] });

  await assert.rejects(upgrade(), /stopped: nothing was changed/);
  assert.deepEqual(did, []);
});

test('the same version is left alone, and a newer one is not taken back', async (t) => {
  const same = await administrator(t, { deployed: '0.10.0' });
  assert.equal(await same.upgrade('--yes'), 0);
  assert.match(same.heard(), /It is this version already\./);

  const newer = await administrator(t, { deployed: '0.11.0' });
  await assert.rejects(newer.upgrade('--yes', ...TO_BILLING), {
    name: 'RefusedError',
    message:
      /0\.11\.0 is newer than this folder, which has 0\.10\.0: going there is a rollback, and npx vmx deploy/,
  });
  assert.deepEqual([...same.did, ...newer.did], []);
});

test('without a stack, without an agreement, without a word about the test, nothing is changed', async (t) => {
  const missing = await administrator(t, { status: 'ROLLBACK_COMPLETE' });
  await assert.rejects(missing.upgrade('--yes', ...TO_BILLING), /there is no stack .* run npx vmx deploy/);

  const { upgrade, did } = await administrator(t);
  await assert.rejects(
    upgrade('--yes'),
    /who gets the test voicemail\? Say --test-queue NAME, set testQueue, or say --no-verify/,
  );
  await assert.rejects(upgrade('--yes', '--test-queue', 'Biling'), /no queue "Biling"\. It has: .*Billing/);
  await assert.rejects(upgrade(...TO_BILLING), /nobody can be asked here: say --yes/);
  assert.throws(() => parseUpgradeOptions(['--no-test', ...TO_BILLING]), { name: 'UsageError' });
  assert.deepEqual([...missing.did, ...did], []);
});

test('without a test, nobody looks, and it says so', async (t) => {
  const { upgrade, did, heard } = await administrator(t);

  assert.equal(await upgrade('--yes', '--no-verify'), 0);
  assert.deepEqual(did, ['deploy', 'reindex']);
  assert.match(heard(), /deployed: a version before 0\.2\.0, which does not say which one/);
  assert.match(
    heard(),
    /No test voicemail is sent \(--no-verify\): nobody looks whether the new version delivers/,
  );
});

test('a test voicemail that is lost takes the stack back, if there is something to go back to', async (t) => {
  const outcome = { kind: 'lost', why: 'it was given up: REFUSED', left: ['the contact c: no'] } as const;
  const { upgrade, did, heard } = await administrator(t, { deployed: '0.9.0', outcome });

  await assert.rejects(upgrade('--yes', ...TO_BILLING), /the stack is what it was before the upgrade/);
  assert.deepEqual(did, ['deploy', 'test Billing', 'back to {}']);
  assert.match(
    heard(),
    /Not removed: the contact c: no\nVersion 0\.10\.0 has not delivered .*: it was given up/,
  );

  const stuck = await administrator(t, { deployed: '0.9.0', outcome, former: undefined });
  await assert.rejects(stuck.upgrade('--yes', ...TO_BILLING), {
    name: 'RefusedError',
    message: /0\.10\.0 stays deployed, and may not deliver voicemails\. Put the folder of the former version/,
  });
  assert.match(stuck.heard(), /The stack cannot go back by itself if it is not delivered/);
});

test('a test that says nothing about the stack, or only that words are missing, takes nothing back', async (t) => {
  for (const [outcome, words] of [
    [
      { kind: 'not tried', why: 's3:PutObject is needed', left: [] },
      /could not be sent or followed.*s3:PutObject/,
    ],
    [
      { kind: 'delivered', wrong: ['it has no transcript: NOT_ALLOWED'], unseen: [], left: [] },
      /was delivered, and: it has no transcript: NOT_ALLOWED\. Voicemails are not lost/,
    ],
  ] as const) {
    const { upgrade, did, heard } = await administrator(t, { deployed: '0.9.0', outcome });

    assert.equal(await upgrade('--yes', ...TO_BILLING), 1);
    assert.deepEqual(did, ['deploy', 'test Billing', 'reindex']);
    assert.match(heard(), words);
  }
});
