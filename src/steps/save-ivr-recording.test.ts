import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noise } from '../../test/kvs-payload.ts';
import { recordingOf } from '../../test/voicemails.ts';
import { RetryableError } from '../domain/errors.ts';
import { wavHeader } from '../domain/audio/wav.ts';
import { saveIvrRecording, type SaveIvrRecordingPorts } from './save-ivr-recording.ts';

const ENDED_AT = Date.parse('2026-03-04T14:01:09Z');
const STARTED_AT = Date.parse('2026-03-04T14:00:02Z');
const HOUR_MS = 3_600_000;
const PCM = Buffer.from(noise(1, 67 * 16_000));
const KEY = 'connect/acme/c1.wav';

test('the message is kept from where it begins', async () => {
  const world = ivr({ vmx3_timestamp: '2026-03-04T14:00:24.310Z' });

  const { levels: _, ...saved } = await world.save();

  const message = PCM.subarray(21_310 * 16);
  assert.ok(world.keptPcm().equals(message));
  const metadata = { language: 'en-US', 'is-complete': 'true', blank: 'false' };
  assert.deepEqual(saved, {
    sizeBytes: 44 + message.length,
    durationMs: 45_690,
    isComplete: true,
    isBlank: false,
    metadata,
  });
  assert.deepEqual(world.kept, [{ key: 'recordings/alice.wav', metadata }]);
  assert.deepEqual(world.warnings, []);
});

test('with an invalid time everything is kept, and the log has a warning without the time', async () => {
  const world = ivr({ vmx3_timestamp: 'call +15555550142' });

  await world.save();

  assert.ok(world.keptPcm().equals(PCM));
  assert.deepEqual(world.warnings, [
    'vmx3_timestamp is no time within the recording: all of it is kept, c1, PermanentError: a contact attribute cannot be used',
  ]);
});

test('of two channels the right one is kept, from where the message begins, and the file is read twice', async () => {
  let opened = 0;
  const left = Buffer.from(noise(2, PCM.length));
  const world = ivr(
    { vmx3_timestamp: '2026-03-04T14:00:24.310Z' },
    {
      open: async () => {
        opened += 1;
        return chunksOf(stereoOf(left, PCM));
      },
    },
  );

  assert.equal((await world.save()).isComplete, true);

  assert.ok(world.keptPcm().equals(PCM.subarray(21_310 * 16)));
  assert.deepEqual([opened, world.warnings], [2, []]);
});

test('if a pause before the message was cut out of the file, no word of the message is lost', async () => {
  const PAUSE_MS = 15_000;
  const right = PCM.subarray(PAUSE_MS * 16);
  const file = stereoOf(Buffer.from(noise(2, right.length)), right);
  const world = ivr({ vmx3_timestamp: '2026-03-04T14:00:24.310Z' }, { open: async () => chunksOf(file) });

  await world.save();

  assert.ok(world.keptPcm().equals(PCM.subarray(21_310 * 16)));
});

test('a file that is a second shorter than its times is cut as they say', async () => {
  const right = PCM.subarray(0, 66 * 16_000);
  const file = stereoOf(Buffer.from(noise(2, right.length)), right);
  const world = ivr({ vmx3_timestamp: '2026-03-04T14:00:24.310Z' }, { open: async () => chunksOf(file) });

  await world.save();

  assert.ok(world.keptPcm().equals(right.subarray(21_310 * 16)));
});

test('if the right channel is silent both are kept, and the log says so', async () => {
  const world = ivr({}, { open: async () => chunksOf(stereoOf(PCM, Buffer.alloc(PCM.length))) });

  await world.save();

  const kept = world.keptPcm();
  assert.equal(kept.length, PCM.length);
  assert.equal(kept.readInt16LE(1000), Math.round(PCM.readInt16LE(1000) / 2));
  assert.deepEqual(world.warnings, [
    'no caller is heard on the right channel of the IVR recording: both channels are kept, c1, ' +
      'PermanentError: the right channel is silent',
  ]);
});

test('a recording that is gone when it is read for the second time is waited for', async () => {
  const files = [chunksOf(stereoOf(PCM, PCM))];

  await assert.rejects(ivr({}, { open: async () => files.shift() }).save(), { code: 'NOT_READY' });
});

test('a recording that was cut off is kept as far as it goes, and marked', async () => {
  const world = ivr({}, { open: async () => chunksOf(wavOf(PCM).subarray(0, 30_001)) });

  assert.equal((await world.save()).isComplete, false);

  assert.ok(world.keptPcm().equals(PCM.subarray(0, 29_956)));
  assert.deepEqual(world.kept[0]?.metadata, { language: 'en-US', 'is-complete': 'false', blank: 'false' });
});

test('a recording that is not there is waited for until an hour after the call', async () => {
  const missing = { open: async () => undefined };

  await assert.rejects(ivr({}, missing, ENDED_AT + HOUR_MS - 1).save(), {
    name: 'RetryableError',
    code: 'NOT_READY',
    retryWithinMs: 1,
  });
  await assert.rejects(ivr({}, missing, ENDED_AT + HOUR_MS).save(), {
    name: 'PermanentError',
    code: 'NO_AUDIO',
  });
});

const ELSEWHERE: Readonly<Record<string, { bucket: string; key: string }>> = {
  'in another bucket': { bucket: 'someone-elses', key: KEY },
  'in a bucket whose name begins the same': { bucket: 'acme-connect-recordings-2', key: KEY },
  'above the prefix': { bucket: 'acme-connect-recordings', key: 'reports/c1.wav' },
};
for (const [where, place] of Object.entries(ELSEWHERE)) {
  test(`a recording ${where} is never asked for`, async () => {
    const world = ivr({}, { open: () => assert.fail('it was asked for') });

    await assert.rejects(world.save(place), { code: 'NO_AUDIO', message: /setting ivrRecordings/ });
  });
}

test('without the setting there is nothing to read, and the error names it', async () => {
  const { save } = ivr({}, undefined);

  await assert.rejects(save({ bucket: 'acme-connect-recordings', key: KEY }, {}), {
    code: 'NO_AUDIO',
    message: /set ivrRecordings in the settings/,
  });
});

test('the error for a file that is not a recording is a sentence', async () => {
  const world = ivr({}, { open: async () => chunksOf(Buffer.from('<html>')) });

  await assert.rejects(world.save(), {
    code: 'MALFORMED_MEDIA',
    message: 'the recording cannot be read: it is not a WAV file',
  });
  assert.deepEqual(world.kept, []);
});

test('an outage while reading passes through, and closes what was read', async () => {
  const outage = new RetryableError('UNAVAILABLE', 'no answer');
  let closed = false;
  async function* breaking() {
    try {
      yield wavOf(PCM).subarray(0, 10_000);
      throw outage;
    } finally {
      closed = true;
    }
  }

  await assert.rejects(ivr({}, { open: async () => breaking() }).save(), outage);
  assert.ok(closed);
});

function ivr(
  attributes: Record<string, string>,
  {
    open = async () => chunksOf(wavOf(PCM)),
  }: Partial<NonNullable<SaveIvrRecordingPorts['ivrRecordings']>> = {},
  nowMs = ENDED_AT + 60_000,
) {
  const warnings: string[] = [];
  const kept: { key: string; metadata: Readonly<Record<string, string>> }[] = [];
  const written: Uint8Array[] = [];
  const configured = { ivrRecordings: { bucket: 'acme-connect-recordings', prefix: 'connect/acme/', open } };
  const save = (place = { bucket: 'acme-connect-recordings', key: KEY }, setting: object = configured) =>
    saveIvrRecording(
      {
        contactId: 'c1',
        endedAtMs: ENDED_AT,
        recording: { ...place, startMs: STARTED_AT, stopMs: ENDED_AT },
        attributes,
        recordingKey: 'recordings/alice.wav',
        metadata: { language: 'en-US' },
      },
      {
        ...setting,
        async keepRecording({ key, pcm, metadataAtEnd }) {
          for await (const samples of pcm) written.push(Uint8Array.from(samples));
          const metadata = metadataAtEnd();
          kept.push({ key, metadata });
          return recordingOf({ sizeBytes: 44 + Buffer.concat(written).length, metadata });
        },
        minimumMs: 1000,
        setback: (what, { contactId, error }) =>
          void warnings.push(`${what}, ${contactId}, ${String(error)}`),
        now: () => nowMs,
      },
    );
  return { save, warnings, kept, keptPcm: () => Buffer.concat(written) };
}

/** Frames of both channels behind a header that says so. */
function stereoOf(left: Buffer, right: Buffer): Buffer {
  const frames = Buffer.alloc(left.length * 2);
  for (let at = 0; at < left.length; at += 2) {
    left.copy(frames, at * 2, at, at + 2);
    right.copy(frames, at * 2 + 2, at, at + 2);
  }
  const header = Buffer.from(wavHeader(frames.length));
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(4, 32);
  return Buffer.concat([header, frames]);
}

function wavOf(pcm: Uint8Array): Buffer {
  return Buffer.concat([wavHeader(pcm.length), pcm]);
}

async function* chunksOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 4099) yield file.subarray(at, at + 4099);
}
