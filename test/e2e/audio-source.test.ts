import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { World } from '../../simulator/services/connect/world.ts';
import written from '../../voicemail.config.ts';
import { afterTheTone, MESSAGE, recordingOf, throughTheMenus } from './callers-script.ts';
import { CALLER, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { otherSettings } from './other-settings.ts';
import { assertSameSamples } from '../same-samples.ts';

const BUCKET = 'acme-connect-recordings';
const RECORDED = { bucket: BUCKET, prefix: 'connect/acme/CallRecordings/' };
const MINUTE_MS = 60_000;
const { mediaStreams: _, ...withoutStreams } = written;

/** Settings of an instance in Cape Town, where no call is streamed. */
function inCapeTown(): VoicemailConfig {
  const there: typeof withoutStreams = JSON.parse(
    JSON.stringify(withoutStreams).replaceAll('us-east-1', 'af-south-1'),
  );
  return { ...there, audioSource: 'ivr', ivrRecordings: RECORDED };
}

const BOTH: VoicemailConfig = { ...written, audioSource: 'both', ivrRecordings: RECORDED };

type OtherWorld = Partial<World> & { readonly keepsRecordings?: boolean };

async function start(config: VoicemailConfig, { keepsRecordings = true, ...world }: OtherWorld = {}) {
  const { ivrRecordingsBucket: __, ...configured } = configuredWorld(config);
  const laptop = await startLaptop({
    ...otherSettings(config),
    world: { ...configured, ...(keepsRecordings && { ivrRecordingsBucket: BUCKET }), ...world },
  });
  const leave = (script: Parameters<typeof laptop.simulator.connect.call>[0]['script']) =>
    laptop.simulator.connect.call({ from: CALLER, flow: 'Voicemail test', script });
  const message = () => leave([...throughTheMenus('1'), ...afterTheTone(MESSAGE), { kind: 'hang-up' }]);
  const entryOf = (contactId: string) => ledgerEntry(laptop.simulator, contactId);
  return { ...laptop, leave, message, entryOf };
}

const capeTown = await start(inCapeTown());
const both = await start(BOTH);

test('in a Region without live media streaming, a message through the deployed flows is delivered', async () => {
  const { message, taskOf, settled, entryOf, tasksOf, happenings } = capeTown;
  const { contactId, ended } = message();
  await ended;
  const task = await taskOf(contactId);
  await settled(contactId);

  endsWith(await recordingOf(task), MESSAGE);
  assert.equal(task.description, 'please call me back');
  assert.equal(tasksOf(contactId).length, 1);
  assert.partialDeepStrictEqual(await entryOf(contactId), { state: 'delivered', recordedFrom: 'ivr' });
  const streams = happenings.filter((one) => one.kind === 'api-call' && one.service === 'kinesisvideo');
  assert.deepEqual(streams, []);
  const refused = happenings.filter((one) => one.kind === 'api-call' && one.status === 403);
  assert.deepEqual(refused, []);
});

test('there, a caller who hangs up during the tone has said nothing, and nothing is delivered', async () => {
  const { leave, until, tasksOf, happenings, simulator } = capeTown;
  const { contactId, ended } = leave([
    ...throughTheMenus('1'),
    { kind: 'hear', what: '(tone)', until: 'begun' },
    { kind: 'wait', ms: 900 },
  ]);
  await ended;
  await until('the blank message', () =>
    happenings.find((one) => one.kind === 'log' && one.line.includes(contactId) && /blank/.test(one.line)),
  );
  await simulator.clock.sleep(60 * MINUTE_MS);

  assert.deepEqual(tasksOf(contactId), []);
});

test('where nothing can be recorded, the caller hears so, and nothing is flagged', async () => {
  const { simulator, leave, tasksOf } = await start(inCapeTown(), { keepsRecordings: false });
  const heard: string[] = [];
  simulator.happenings.listen((one) => {
    if (one.kind === 'heard') heard.push(one.what);
  });
  const { contactId, ended } = leave([...throughTheMenus('1'), { kind: 'stay' }]);
  await ended;
  await simulator.clock.sleep(60 * MINUTE_MS);

  assert.equal(simulator.connect.contact(contactId).attributes['vmx3_flag'], undefined);
  assert.deepEqual(tasksOf(contactId), []);
  assert.ok(heard.some((text) => /call recordings have a bucket/.test(text)));
});

test('with both sources the stream serves', async () => {
  const { message, taskOf, settled, entryOf } = both;
  const { contactId } = message();
  const task = await taskOf(contactId);
  await settled(contactId);

  assertSameSamples((await recordingOf(task)).slice(-MESSAGE.length), MESSAGE);
  assert.partialDeepStrictEqual(await entryOf(contactId), { recordedFrom: 'stream' });
});

test('with both sources, a stream that cannot be read leaves the recording, once', async () => {
  const { message, taskOf, tasksOf, settled, entryOf, simulator } = both;
  simulator.faults.set({ rules: [{ operation: 'ListFragments', fault: 'fail' }] });
  const { contactId, ended } = message();
  await ended;
  const endedAtMs = simulator.clock.now();
  const task = await taskOf(contactId);
  await settled(contactId);
  simulator.faults.clear();

  endsWith(await recordingOf(task), MESSAGE);
  assert.equal(tasksOf(contactId).length, 1);
  assert.partialDeepStrictEqual(await entryOf(contactId), { recordedFrom: 'ivr' });
  const waitedMs = simulator.clock.now() - endedAtMs;
  assert.ok(waitedMs > 10 * MINUTE_MS && waitedMs < 30 * MINUTE_MS, `${waitedMs / MINUTE_MS} minutes`);
});

test('a crash between the recording and the ledger changes nothing of that, even if the stream is there again', async () => {
  const { message, taskOf, tasksOf, settled, entryOf, simulator } = both;
  const outage = { operation: 'ListFragments', fault: 'fail' } as const;
  const crash = { service: 's3', operation: 'PutObject', nth: 1, fault: 'crash-after' } as const;
  simulator.faults.set({ rules: [outage, crash] });
  const { contactId } = message();
  await both.until('the crash', () => simulator.faults.injected()['crash-after']);
  simulator.faults.clear();
  const task = await taskOf(contactId);
  await settled(contactId);

  endsWith(await recordingOf(task), MESSAGE);
  assert.equal(tasksOf(contactId).length, 1);
  assert.partialDeepStrictEqual(await entryOf(contactId), { state: 'delivered', recordedFrom: 'ivr' });
});

test('streams that the pipeline may not read, and streaming that is off, leave the recording', async () => {
  const forbidden = await start(BOTH, { mediaStreamPrefix: 'elsewhere' });
  const off = await start(BOTH, { hasMediaStreaming: false });
  for (const { message, taskOf, tasksOf, settled, entryOf } of [forbidden, off]) {
    const { contactId } = message();
    const task = await taskOf(contactId);
    await settled(contactId);

    endsWith(await recordingOf(task), MESSAGE);
    assert.equal(tasksOf(contactId).length, 1);
    assert.partialDeepStrictEqual(await entryOf(contactId), { recordedFrom: 'ivr' });
  }
});

test('with both sources, recordings that the instance does not keep leave the stream', async () => {
  const { message, taskOf, settled, entryOf } = await start(BOTH, { keepsRecordings: false });
  const { contactId } = message();
  await taskOf(contactId);
  await settled(contactId);

  assert.partialDeepStrictEqual(await entryOf(contactId), { recordedFrom: 'stream' });
});

/** All of the message, and before it the time of the tone. */
function endsWith(kept: Int16Array, message: Int16Array): void {
  const end = kept.findLastIndex((sample) => sample !== 0) + 1;
  assert.ok(end >= message.length && end < message.length + 8 * 4000, `${kept.length}`);
  const spoken = message.slice(0, message.findLastIndex((sample) => sample !== 0) + 1);
  assertSameSamples(kept.slice(end - spoken.length, end), spoken);
}
