import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ASSUMED } from '../../cli/cost/model/assumptions.ts';
import {
  callsOf,
  openingOf,
  queueMessages,
  type Mode,
  type Step,
  stepsOf,
  SWEEP,
  type Warmth,
} from '../../cli/cost/model/calls.ts';
import { wavBytes } from '../../cli/cost/model/uses.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import sample from '../../voicemail.config.ts';
import { otherSettings } from '../e2e/other-settings.ts';
import { type Counted, startCounting } from './count-voicemail.ts';

const SECONDS = 20;
const MINUTE_MS = 60_000;

async function start(t: TestContext, options: Partial<SimulatorOptions> = {}) {
  const counting = await startCounting(SECONDS, options);
  t.after(counting.simulator.close);
  return counting;
}

/** What the model says, in the form in which it is counted. */
function reckoned(steps: readonly Step[], warmth: Warmth): Counted {
  return Object.fromEntries(
    steps.map((step) => [
      step.bundle,
      { invocations: step.invocations, calls: { ...callsOf([step], warmth) } },
    ]),
  );
}

for (const mode of ['guided_task', 'task'] as const) {
  test(`a voicemail as ${mode} makes the calls that costs are reckoned with, cold and warm`, async (t) => {
    const { voicemail, counted } = await start(t);

    const cold = counted(await voicemail(mode));
    const warm = counted(await voicemail(mode));

    const steps = stepsOf({ mode, isAttached: false });
    assert.deepEqual(cold, reckoned(steps, 'cold'));
    assert.deepEqual(warm, reckoned(steps, 'warm'));
  });
}

for (const isAttached of [false, true]) {
  const recording = isAttached ? 'attach' : 'link';
  test(`a mailed voicemail makes the calls that costs are reckoned with: ${recording}`, async (t) => {
    assert.ok(sample.email);
    const { voicemail, counted } = await start(
      t,
      otherSettings({ ...sample, email: { ...sample.email, recording } }),
    );

    const cold = counted(await voicemail('email'));

    assert.deepEqual(cold, reckoned(stepsOf({ mode: 'email', isAttached }), 'cold'));
  });
}

test('a link and a guide that are opened, and the sweep, make the calls that costs are reckoned with', async (t) => {
  const { simulator, voicemail, during } = await start(t);
  const contactId = await voicemail('task');
  const link = JSON.stringify(simulator.connect.tasks()).match(/https?:[^"]*\/r\/[\w.-]+/)?.[0] ?? '';
  const openLink = async () => {
    const { status } = await fetch(link, { redirect: 'manual' });
    assert.equal(status, 302);
  };
  const openGuide = async () => {
    const { lambda, deployment } = simulator;
    const { arn } = deployment.functions[deployment.idOf('AWS::Lambda::Function', 'show-voicemail')] ?? {};
    const ContactData = { Channel: 'CHAT', InstanceARN: sample.instanceArn, Attributes: {} };
    const Details = { ContactData, Parameters: { contact_id: contactId } };
    const event = JSON.stringify({ Name: 'ContactFlowEvent', Details });
    const { functionError } = await lambda.invoke(arn ?? '', event);
    assert.equal(functionError, undefined);
  };

  const opened = { cold: await during(openLink), warm: await during(openLink) };
  const guided = { cold: await during(openGuide), warm: await during(openGuide) };
  const { sweep } = await during(() => simulator.clock.sleep(10 * MINUTE_MS));

  for (const warmth of ['cold', 'warm'] as const) {
    assert.deepEqual(opened[warmth], reckoned([openingOf('task')], warmth));
    assert.deepEqual(guided[warmth], reckoned([openingOf('guided_task')], warmth));
  }
  assert.ok((sweep?.invocations ?? 0) >= 9, 'it sweeps every minute');
  assert.deepEqual(
    sweep?.calls,
    Object.fromEntries(
      Object.entries(SWEEP.calls).map(([name, count]) => [name, count * (sweep?.invocations ?? 0)]),
    ),
  );
});

/** What may differ: words have different lengths, and logs different numbers in them. */
const TOLERANCE = 0.1;
/** Of what is exact but for the fragment at the end. */
const MEDIA_TOLERANCE = 0.02;

test('recording, transcript, media, entry and logs have the sizes that costs are reckoned with', async (t) => {
  const { voicemail, volumes } = await start(t);

  const found = await volumes(await voicemail('task'));

  const invocations = stepsOf({ mode: 'task', isAttached: false }).length;
  assert.equal(found.recording, wavBytes(SECONDS));
  near(found.media, ASSUMED.mediaBytesPerSecond * SECONDS, MEDIA_TOLERANCE, 'media');
  near(found.transcript, ASSUMED.transcriptBytesPerSecond * SECONDS, TOLERANCE, 'transcript');
  near(found.ledgerEntry, ASSUMED.ledgerEntryBytes, TOLERANCE, 'entry of the ledger');
  near(found.logs, ASSUMED.logBytesPerInvocation * invocations, TOLERANCE, 'logs');
});

test('with full monitoring the logs have the size that costs are reckoned with', async (t) => {
  const { voicemail, volumes } = await start(t, otherSettings({ ...sample, monitoring: 'full' }));

  const { logs } = await volumes(await voicemail('task'));

  const invocations = stepsOf({ mode: 'task', isAttached: false }).length;
  const usual = ASSUMED.logBytesPerInvocation * invocations + ASSUMED.metricLogBytesPerVoicemail;
  near(logs, usual, TOLERANCE, 'logs');
});

test('every queue of the way has its messages', () => {
  const modes: readonly Mode[] = ['guided_task', 'email'];

  const messages = modes.map((mode) => queueMessages(stepsOf({ mode, isAttached: false })));

  assert.deepEqual(messages, [3, 4]);
});

function near(found: number, wanted: number, tolerance: number, what: string): void {
  const off = Math.abs(found - wanted) / wanted;
  assert.ok(off <= tolerance, `${what}: ${found} bytes, and ${Math.round(wanted)} are reckoned with`);
}
