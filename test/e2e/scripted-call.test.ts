import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playCall } from '../../laptop/with-laptop.ts';
import { acceptTask } from '../../simulator/control/accept-task.ts';
import { findAnsweringFlow } from '../../simulator/control/answering-flows.ts';
import { takeCalls } from '../../simulator/control/take-calls.ts';
import type { CallerStep } from '../../simulator/services/connect/voice/caller-script.ts';
import { fileAt, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const { simulator } = await startLaptop();
const DELIVER = 'deliver-voicemail';
const nameOf = new Map([[simulator.deployment.idOf('AWS::Lambda::Function', DELIVER), DELIVER]]);

const GUIDED_TASK: CallerStep = { kind: 'press', keys: '2', when: 'asked' };
const FOR_THE_QUEUE: CallerStep = { kind: 'press', keys: '1', when: 'asked' };
const AFTER_TONE: CallerStep = { kind: 'hear', what: '(tone)' };
const TONE_SAMPLES = 8000;

test('a message left through the test flow is kept to the sample, and an agent’s guide shows it', async () => {
  const audio = spokenNoise(3);

  const { outcome } = await play([GUIDED_TASK, FOR_THE_QUEUE, AFTER_TONE, { kind: 'say', audio }]);

  const task = 'task' in outcome ? outcome.task : assert.fail(JSON.stringify(outcome));
  const wav = await fileAt(task.references['Recording']?.value);
  assertSameSamples(samplesOf(wav).subarray(TONE_SAMPLES), audio);
  const guide = await acceptTask(simulator, { desk: simulator.connect.agent('ana.ruiz'), task });
  assert.match(JSON.stringify(guide?.data), /please call me back/);
});

test('a caller who hangs up during the greeting leaves nothing, and that is reported', async () => {
  const { call, outcome } = await play([
    GUIDED_TASK,
    FOR_THE_QUEUE,
    { kind: 'hear', what: 'after the tone' },
  ]);

  assert.deepEqual(outcome, { kind: 'nothing', why: 'The call is not marked as a voicemail.' });
  assert.ok(!call.heard().includes('(tone)'));
});

test('a caller who says nothing leaves nothing either', async () => {
  const { outcome } = await play([GUIDED_TASK, FOR_THE_QUEUE, AFTER_TONE]);

  assert.deepEqual(outcome, { kind: 'nothing', why: 'Nothing was said, so nothing was delivered.' });
});

test('an agent who is free in time takes the caller out of the queue, and the flow log shows the way', async () => {
  const desk = simulator.connect.agent('ben.okafor');
  const logged: unknown[] = [];
  simulator.happenings.listen((one) => {
    if (one.kind === 'flow-log') logged.push(one.entry['ContactFlowName']);
  });
  takeCalls(simulator, { desk, freeAfterMs: 25_000, scope: simulator.happenings });

  const script = [
    { kind: 'hear', what: '(agent)' },
    { kind: 'wait', ms: 3000 },
  ] as const;
  const order = { from: CALLER, flow: 'Voicemail entry busy', script, isLogging: true };
  const { outcome } = await playCall({ simulator, nameOf }, order, () => {});

  assert.deepEqual(outcome, { kind: 'nothing', why: 'An agent took the call.' });
  assert.deepEqual(
    [...new Set(logged)],
    ['Voicemail entry busy', 'Voicemail in queue', 'Voicemail agent whisper', 'Voicemail customer whisper'],
  );
});

test('the flows of the stack that can answer a call are found by their short names', () => {
  const found = ['test', 'entry-closed', 'in-queue', 'Voicemail task', 'agent-guide', 'none'].map(
    (name) => findAnsweringFlow(simulator.connect.flows, name)?.name,
  );

  assert.deepEqual(found, [
    'Voicemail test',
    'Voicemail entry closed',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

function play(script: readonly CallerStep[]) {
  return playCall({ simulator, nameOf }, { from: CALLER, flow: 'Voicemail test', script }, () => {});
}
