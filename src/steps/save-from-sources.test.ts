import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { connectCall, noise } from '../../test/kvs-payload.ts';
import { MINUTE_MS, RECORDING_KEY, voicemailOf } from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { type SavedRecording, toSavedRecording } from '../domain/recording-metadata.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import { wavHeader } from '../domain/audio/wav.ts';
import { saveFromSources, type SaveFromSourcesPorts } from './save-from-sources.ts';

const { endedAtMs } = voicemailOf();
const IVR_PCM = Buffer.from(noise(1, 16_000 * 5));
const IVR = { kind: 's3', bucket: 'acme-recordings', key: 'connect/acme/c1.wav' } as const;
const LATE = endedAtMs + 11 * MINUTE_MS;
const fails = (error: Error) => () => Promise.reject(error);
const REFUSED = new PermanentError('REFUSED', 'kinesisvideo:ListFragments was refused');
const OUTAGE = new RetryableError('UNAVAILABLE', 'no answer');
const NO_SUCH_STREAM = new PermanentError('NO_AUDIO', 'the stream does not exist');

test('a stream that can be read serves, and the recording is not opened', async () => {
  const world = sources();

  assert.equal((await world.save()).recordedFrom, 'stream');

  assert.deepEqual([world.opened(), world.warnings], [0, []]);
});

const GONE: Readonly<Record<string, Partial<SaveFromSourcesPorts>>> = {
  'that is not there': { listFragments: fails(NO_SUCH_STREAM) },
  'that holds nothing any more': {
    listFragments: async () => [],
    async *readFragments() {},
    now: () => LATE,
  },
  'that may not be read': { listFragments: fails(REFUSED) },
  'that is out for eleven minutes': { listFragments: fails(OUTAGE), now: () => LATE },
};

for (const [what, ports] of Object.entries(GONE)) {
  test(`for a stream ${what}, the recording takes over`, async () => {
    const world = sources(ports);

    assert.equal((await world.save()).recordedFrom, 'ivr');

    assert.deepEqual([world.kept.size, world.warnings.length], [1, 1]);
    assert.match(world.warnings[0] ?? '', /^the stream cannot be read: the IVR recording is read instead/);
  });
}

test('a stream that is out for a short time, or late, is waited for', async () => {
  const out = sources({ listFragments: fails(OUTAGE), now: () => endedAtMs + MINUTE_MS });
  const late = sources({ listFragments: async () => [], now: () => endedAtMs + 1000 });

  await assert.rejects(out.save(), OUTAGE);
  await assert.rejects(late.save(), { code: 'NOT_READY' });
  assert.deepEqual([out.opened(), late.opened()], [0, 0]);
});

test('what the stream gave before a crash stays, although the recording is read afterwards', async () => {
  const first = sources();
  await first.save();
  const again = sources({ listFragments: fails(NO_SUCH_STREAM) }, first.kept);

  assert.equal((await again.save()).recordedFrom, 'stream');
  assert.equal(again.kept.size, 1);
});

const hourLater = () => endedAtMs + 61 * MINUTE_MS;

test('if neither can be read, the error is of the one that may still be read or mended', async () => {
  const nothing = { bucket: IVR.bucket, prefix: '', open: async () => undefined };
  const rows: readonly (readonly [Partial<SaveFromSourcesPorts>, object])[] = [
    // The file may still come.
    [{ listFragments: fails(NO_SUCH_STREAM), now: () => LATE }, { code: 'NOT_READY' }],
    [{ listFragments: fails(REFUSED), now: () => LATE }, { code: 'NOT_READY' }],
    // The file does not come: an outage ends, a refusal can be mended.
    [{ listFragments: fails(OUTAGE), now: hourLater }, OUTAGE],
    [{ listFragments: fails(REFUSED), now: hourLater }, REFUSED],
    [{ listFragments: fails(NO_SUCH_STREAM), now: hourLater }, NO_SUCH_STREAM],
  ];
  for (const [ports, expected] of rows)
    await assert.rejects(sources({ ivrRecordings: nothing, ...ports }).save(), expected);
  const mayNotOpen = { ...nothing, open: fails(new PermanentError('REFUSED', 's3:GetObject was refused')) };
  const lost = { listFragments: fails(NO_SUCH_STREAM), ivrRecordings: mayNotOpen };
  await assert.rejects(sources(lost).save(), { code: 'REFUSED' });
});

test('a deleted recording is not waited for, and a deleted one that is there is read', async () => {
  const deleted = { recording: { ...IVR, isDeleted: true as const }, secondRecording: undefined };
  const nothing = { bucket: IVR.bucket, prefix: '', open: async () => undefined };

  await assert.rejects(sources({ ivrRecordings: nothing }).save(deleted), {
    code: 'NO_AUDIO',
    message: 'Amazon Connect has deleted the IVR recording',
  });
  assert.equal((await sources().save(deleted)).recordedFrom, 'ivr');
});

test('a file that is late is looked for often at first, and for an hour', async () => {
  const nothing = { bucket: IVR.bucket, prefix: '', open: async () => undefined };
  const only = { recording: IVR, secondRecording: undefined };
  const waits = [1, 20, 59.5].map(async (minutes) => {
    const world = sources({ ivrRecordings: nothing, now: () => endedAtMs + minutes * MINUTE_MS });
    return await world.save(only).then(
      () => assert.fail('there is no file'),
      (error: unknown) => (error instanceof RetryableError ? error.retryWithinMs : error),
    );
  });

  assert.deepEqual(await Promise.all(waits), [30_000, 120_000, 30_000]);
});

const at = (minutes: number, awaitsIvrRecording = true) => ({
  awaitsIvrRecording,
  listFragments: fails(NO_SUCH_STREAM),
  now: () => endedAtMs + minutes * MINUTE_MS,
});

test('a recording that no contact record names yet is waited for where flows record so, for a quarter of an hour', async () => {
  const none = { recording: undefined, secondRecording: undefined };
  const onlyStream = { secondRecording: undefined };

  await assert.rejects(sources(at(14)).save(none), { code: 'NOT_READY', retryWithinMs: 30_000 });
  await assert.rejects(sources(at(14)).save(onlyStream), { code: 'NOT_READY' });
  for (const ports of [at(15), at(14, false)]) {
    await assert.rejects(sources(ports).save(none), { code: 'NO_AUDIO' });
    await assert.rejects(sources(ports).save(onlyStream), NO_SUCH_STREAM);
  }
});

/** A message that is on a stream and in a recording. */
function sources(changes: Partial<SaveFromSourcesPorts> = {}, kept = new Map<string, SavedRecording>()) {
  const call = connectCall({ contactId: CONTACT_ID, fragments: 3 });
  const warnings: string[] = [];
  let opened = 0;
  const ports: SaveFromSourcesPorts = {
    listFragments: async () => call.fragmentNumbers.map((fragmentNumber) => ({ fragmentNumber })),
    async *readFragments() {
      yield call.payload;
    },
    async keepRecording({ key, pcm, metadataAtEnd }) {
      let sizeBytes = 44;
      for await (const chunk of pcm) sizeBytes += chunk.byteLength;
      const saved = kept.get(key) ?? toSavedRecording({ metadata: metadataAtEnd(), sizeBytes });
      kept.set(key, saved);
      return saved;
    },
    ivrRecordings: {
      bucket: IVR.bucket,
      prefix: 'connect/',
      async open() {
        opened += 1;
        return chunksOf(Buffer.concat([wavHeader(IVR_PCM.length), IVR_PCM]));
      },
    },
    async wait() {},
    minimumMs: 1000,
    setback: (what, { contactId }) => void warnings.push(`${what}: ${contactId}`),
    now: () => endedAtMs + MINUTE_MS,
    ...changes,
  };
  const { recording } = voicemailOf();
  const fragments = {
    fragmentStartNumber: call.fragmentNumbers[0] ?? '',
    fragmentStopNumber: call.fragmentNumbers.at(-1) ?? '',
  };
  const voicemail = voicemailOf({
    recording: recording?.kind === 'kvs' ? { ...recording, ...fragments } : recording,
    secondRecording: IVR,
  });
  return {
    kept,
    warnings,
    opened: () => opened,
    save: (own: Partial<Voicemail> = {}) => saveFromSources({ ...voicemail, ...own }, RECORDING_KEY, ports),
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
