import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import { createLook } from '../../cli/doctor/look.ts';
import { verify } from '../../cli/verify/verify.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { TEST_WORDS } from '../../src/domain/test-voicemail.ts';
import sample from '../../voicemail.config.ts';

const { assemblyFolder } = await stackForTests();
const simulator = await startSimulator({
  world: configuredWorld(),
  state: SAMPLE_STATE,
  recognizer: createStandInRecognizer(TEST_WORDS),
  assemblyFolder,
});
after(simulator.close);

const statements = (await policiesOf('verify', sample)).flatMap(({ Statement }) => Statement);
const actions = [...new Set(statements.flatMap(({ Action }) => Action))].toSorted();

/** As somebody who may do all that is printed, but for one action. */
async function verifiedWithout(missing: string | undefined, { isCall }: { readonly isCall: boolean }) {
  const arn = `arn:aws:iam::111122223333:role/Without-${String(missing).replace(':', '-')}`;
  const granted = statements
    .map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== missing),
    }))
    .filter(({ Action }) => Action.length > 0);
  const credentials = simulator.addRole({ arn, statements: granted });
  let elapsedMs = 0;
  const wait = async (ms: number) => {
    elapsedMs += ms;
    await pause(ms / 20);
  };
  const limits = { wait, clock: () => elapsedMs };
  const look = createLook({ config: sample, place: { endpoint: simulator.endpoint, credentials }, limits });
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const options = { queue: 'Billing', isJson: false, isCall, isMail: false, isYes: true };
  const code = await verify(options, {
    look,
    terminal: { out: say, err: say },
    prompter: undefined,
    limits,
  });
  return { code, said: said.join('\n') };
}

test('with all that is printed for it, a test call and a test voicemail come through and are removed', async () => {
  const call = await verifiedWithout(undefined, { isCall: true });
  const recording = await verifiedWithout(undefined, { isCall: false });

  assert.equal(call.code, 0, call.said);
  assert.equal(recording.code, 0, recording.said);
});

for (const action of actions) {
  test(`without ${action} it does not end well, and says what is missing`, async () => {
    const { code, said } = await verifiedWithout(action, { isCall: true });

    assert.notEqual(code, 0, said);
    assert.ok(said.includes(action), said);
  });
}
