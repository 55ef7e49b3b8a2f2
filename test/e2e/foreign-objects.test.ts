import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { toRecordingMetadata } from '../../src/domain/recording-metadata.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import { wavHeader } from '../../src/domain/audio/wav.ts';
import written from '../../voicemail.config.ts';
import { placeOf, recordingOf } from './callers-script.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

const HOUR_MS = 3_600_000;
const { simulator, happenings, recorded, taskOf, tasksOf, settled, until } = await startLaptop({
  metrics: 'full',
});
const { clock, cloudwatch, connect, deployment, s3 } = simulator;
const { RecordingsBucket: RECORDINGS = '', TranscriptsBucket: TRANSCRIPTS = '' } = deployment.outputs;

const AUDIO = spokenNoise(2);
const WAV = wavOf(AUDIO);
const SOMEBODY = 'c0ffee00-0000-4000-8000-0000000000f0';

test('files of other programs in the buckets start nothing, set off no alarm, and are counted', async () => {
  for (const key of [
    'recordings/+15555550142.wav',
    'recordings/2026/03/04/15555550142.wav',
    `recordings/2026/03/04/${SOMEBODY}.wav`,
    `recordings/2026/03/04/${SOMEBODY}/copy.wav`,
  ]) {
    await s3.put({ bucket: RECORDINGS, key, body: WAV, metadata: { album: 'greetings' } });
  }
  for (const key of ['transcripts/notes.json', `transcripts/2026/03/04/${SOMEBODY}.json`]) {
    await s3.put({ bucket: TRANSCRIPTS, key, body: Buffer.from('{}') });
  }
  await until('all six to be left alone', () => leftAlone().length === 6);
  await clock.sleep(HOUR_MS);

  assert.equal(countedForeign(), 6);
  assert.ok(leftAlone().every((line) => !line.includes('5555550142')));
  assert.equal(leftAlone().filter((line) => line.includes(SOMEBODY)).length, 2);
  assert.ok(!happenings.some(({ kind }) => kind === 'dead-letter'));
  assert.ok(!happenings.some((one) => one.kind === 'log' && one.line.includes('message parked')));
  const inAlarm = [...cloudwatch.alarms()].filter(([, { state }]) => state === 'ALARM').map(([name]) => name);
  assert.deepEqual(inAlarm, []);
});

test('a recording that an operator puts back with its metadata is delivered from the object alone', async () => {
  const attributes = { vmx3_flag: undefined };
  const { contactId } = connect.placeCall({ from: CALLER, audio: new Int16Array(0), attributes });
  await recorded(contactId);
  const calledAtMs = clock.now() - HOUR_MS;
  const metadata = toRecordingMetadata({
    contactId,
    instanceArn: written.instanceArn,
    calledAtMs,
    endedAtMs: calledAtMs + 60_000,
    from: CALLER,
    queueArn: BILLING_ARN,
    language: 'en-US',
    attributes: {},
  });

  await s3.put({
    bucket: RECORDINGS,
    key: keysOf({ contactId, calledAtMs }).recordingKey,
    body: WAV,
    metadata,
  });
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.equal(task.queueArn, BILLING_ARN);
  assert.ok(placeOf(AUDIO, await recordingOf(task)) >= 0);
  assert.equal(tasksOf(contactId).length, 1);
});

function leftAlone(): readonly string[] {
  const lines = happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
  return lines.filter((line) => line.includes('"outcome":"not-ours"'));
}

const Line = z.looseObject({ ForeignObjects: z.union([z.number(), z.array(z.number())]).optional() });

/** How many the functions counted: a line of embedded metrics has one value, or a list of several. */
function countedForeign(): number {
  const lines = happenings.flatMap((one) =>
    one.kind === 'log' && one.line.includes('_aws') ? [one.line] : [],
  );
  const values = lines.flatMap((line) => Line.parse(JSON.parse(line)).ForeignObjects ?? []);
  return values.reduce((sum, value) => sum + value, 0);
}

function wavOf(samples: Int16Array): Uint8Array {
  const pcm = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(pcm.length), pcm]);
}
