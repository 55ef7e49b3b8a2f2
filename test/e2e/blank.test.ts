import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readWav } from '../../simulator/audio/read-wav.ts';
import { isBlank, levelMeter } from '../../src/domain/audio/levels.ts';
import { notedLevels } from '../../src/domain/noted-levels.ts';
import { ledgerEntries } from '../faults/ledger-faults.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

const HALF_A_SECOND = new Int16Array(4000);
const HALF_A_MINUTE = new Int16Array(30 * 8000);
/** A caller who speaks 30 dB too softly. */
const SOFT_SPEECH = readWav(readFileSync('samples/missing-order.wav')).map((sample) =>
  Math.round(sample * 10 ** (-30 / 20)),
);

const { simulator, happenings, until, taskOf, tasksOf } = await startLaptop({ metrics: 'full' });

test('callers who hang up at the tone, or say nothing, are counted, and no agent gets a task', async () => {
  for (const audio of [HALF_A_SECOND, HALF_A_MINUTE]) {
    const { contactId } = simulator.connect.placeCall({ from: CALLER, audio });
    const lines = () =>
      happenings
        .filter((one) => one.kind === 'log')
        .map(({ line }) => line)
        .filter((line) => line.includes(contactId) && line.includes('"outcome":"blank"'));
    await until('the voicemail to end as blank', () => lines()[0]);
    await simulator.clock.sleep(3 * 3_600_000);

    assert.equal(lines().length, 1);
    assert.deepEqual(tasksOf(contactId), []);
    assert.ok(recordedKeys().some((key) => key.endsWith(`${contactId}.wav`)));
    assert.equal(simulator.connect.contact(contactId).attributes['vmx3_flag'], '1');
  }

  const blanks = happenings.filter((one) => one.kind === 'log' && one.line.includes('"VoicemailsBlank":1'));
  assert.equal(blanks.length, 2);
  assert.deepEqual(
    happenings.filter(
      (one) =>
        one.kind === 'transcription-job' ||
        one.kind === 'dead-letter' ||
        (one.kind === 'invocation' && one.error !== undefined),
    ),
    [],
  );
});

/** A stack that delivers blank messages, with the given minimum length in seconds. */
const wanting = (minimumSeconds: number) =>
  startLaptop({
    templatePatch: (template) =>
      JSON.parse(
        JSON.stringify(template)
          .replaceAll('"DELIVER_BLANK":"false"', '"DELIVER_BLANK":"true"')
          .replaceAll('"MINIMUM_SECONDS":"1"', `"MINIMUM_SECONDS":"${minimumSeconds}"`),
      ),
  });

test('a blank message is delivered with a note where an administrator wants that, and no transcription is tried or fails', async () => {
  const laptop = await wanting(1);
  const { connect, cloudwatch, clock } = laptop.simulator;

  for (const [audio, note] of [
    [HALF_A_MINUTE, 'Nothing was said.'],
    [new Int16Array(2400), 'There is no transcript: the recording is shorter than half a second.'],
    [spokenNoise(0.3), 'There is no transcript: the recording is shorter than half a second.'],
  ] as const) {
    const { contactId } = connect.placeCall({ from: CALLER, audio });
    const task = await laptop.taskOf(contactId);

    assert.equal(task.description, note);
    assert.ok(task.references['Recording']);
  }
  await clock.sleep(20 * 60_000);

  assert.deepEqual(
    laptop.happenings.filter(({ kind }) => kind === 'transcription-job'),
    [],
  );
  const states = [...cloudwatch.alarms().values()].map(({ state }) => state);
  assert.deepEqual(new Set(states), new Set(['OK']));
});

test('a message that is blank only because it is short is transcribed if blank ones are delivered', async () => {
  const laptop = await wanting(5);

  const { contactId } = laptop.simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(2) });

  assert.equal((await laptop.taskOf(contactId)).description, 'please call me back');
});

test('a message below half a second is delivered without a transcription where none is too short', async () => {
  const laptop = await wanting(0);

  const { contactId } = laptop.simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(0.3) });
  const { description } = await laptop.taskOf(contactId);

  assert.equal(description, 'There is no transcript: the recording is shorter than half a second.');
});

test('a caller who speaks very softly is delivered, and the levels in the ledger are those of the message', async () => {
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: SOFT_SPEECH });
  const task = await taskOf(contactId);
  assert.equal(task.description, 'please call me back');

  const meter = levelMeter();
  meter.add(new Uint8Array(SOFT_SPEECH.buffer));
  const expected = meter.end();
  const entry = (await ledgerEntries(simulator)).get(contactId);
  assert.deepEqual(entry?.['levels'], notedLevels(expected));
  assert.deepEqual(
    recordedKeys().filter((key) => key.includes(contactId) && !key.endsWith('.wav')),
    [],
  );
  assert.equal(isBlank(expected, 1000), false);
});

function recordingsBucket(): string {
  const { deployment } = simulator;
  return deployment.physicalId(deployment.idOf('AWS::S3::Bucket', 'recordings'));
}

const recordedKeys = () => simulator.s3.list(recordingsBucket(), 'recordings/');
