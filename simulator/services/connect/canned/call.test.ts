import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createClock } from '../../../clock.ts';
import { createHappenings, type Happening } from '../../../happenings.ts';
import { createKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import type { NewFragment } from '../../kinesis-video/streams.ts';
import type { CallScript } from './call.ts';
import { createConnect } from '../connect.ts';
import { samplesOn, speech } from '../samples.fixture.ts';
import { agentQueueArn } from '../world.ts';
import { assertSameSamples } from '../../../../test/same-samples.ts';

const FROM = '+15555550142';
const GREETING_MS = 6_000;

test('what the caller says goes onto a stream in fragments of 1,024 ms, to the last sample', async (t) => {
  const acme = acmeInFastTime(t);
  const audio = speech(2.5 * 8192 + 3);

  const { contactId } = await acme.call({ audio });

  assertSameSamples(acme.samplesOf(contactId), audio);
  assert.deepEqual(
    acme.fragments.map(({ lengthMs }) => lengthMs),
    [1024, 1024, 513],
  );
});

test('each fragment arrives once its last sample is spoken, and before the next is', async (t) => {
  const acme = acmeInFastTime(t);

  await acme.call({ audio: speech(3 * 8192) });

  const lags = acme.fragments.map(
    ({ appendedAtMs, producerMs, lengthMs }) => appendedAtMs - (producerMs + lengthMs),
  );
  assert.equal(lags.length, 3);
  assert.ok(
    lags.every((lagMs) => lagMs >= 0 && lagMs < 1024),
    String(lags),
  );
});

test('a call reports its ring, its end and its record, in that order', async (t) => {
  const acme = acmeInFastTime(t);

  const { contactId } = await acme.call({ audio: speech(8192) });

  assert.deepEqual(
    acme.told.map((happening) => [happening.kind, 'contactId' in happening && happening.contactId]),
    [
      ['ring', contactId],
      ['hang-up', contactId],
      ['contact-record', contactId],
    ],
  );
});

test('the record names the stream, the fragments and the recipient', async (t) => {
  const acme = acmeInFastTime(t);

  const { contactId } = await acme.call({
    audio: speech(2 * 8192),
    attributes: { vmx3_mode: undefined, tier: 'gold' },
  });

  const [record] = acme.records;
  assert.equal(record?.partitionKey, contactId);
  assert.deepEqual(record?.data.Attributes, {
    vmx3_flag: '1',
    vmx3_from: FROM,
    vmx3_lang: 'en-US',
    vmx3_queue_arn: `${acme.world.instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b001`,
    tier: 'gold',
  });
  const [recording] = record?.data.Recordings ?? [];
  const numbers = acme.fragments.map(({ number }) => number);
  assert.deepEqual([recording?.FragmentStartNumber, recording?.FragmentStopNumber], numbers);
  assert.match(
    recording?.Location ?? '',
    /^arn:aws:kinesisvideo:us-east-1:111122223333:stream\/vm-connect-acme-contact-[0-9a-f-]{36}\/\d{13}$/,
  );
});

test('a later call is on the same stream, and one at the same time on another', async (t) => {
  const acme = acmeInFastTime(t);
  const audio = speech(8192);

  await acme.call({ audio });
  await Promise.all([acme.call({ audio }), acme.call({ audio })]);

  const streams = acme.fragments.map(({ streamArn }) => streamArn);
  assert.equal(streams.length, 3);
  assert.equal(new Set(streams).size, 2);
});

test('what the caller hears is on a track of its own', async (t) => {
  const acme = acmeInFastTime(t);
  const audio = speech(8192);

  const { contactId } = await acme.call({ audio, alsoToCustomer: true });

  assertSameSamples(acme.samplesOf(contactId), audio);
  assert.equal(acme.samplesOf(contactId, 2).length, 8192);
});

test('if a caller hangs up in mid-word, the stream keeps what was spoken', async (t) => {
  const acme = acmeInFastTime(t);
  const audio = speech(5 * 8192);

  const { contactId } = await acme.call({ audio, hangUpAfterMs: GREETING_MS + 1500 });

  const spoken = acme.samplesOf(contactId);
  assertSameSamples(spoken, audio.subarray(0, spoken.length));
  assert.ok(spoken.length > 1024 * 8 && spoken.length <= 1500 * 8, `${spoken.length} samples`);
});

test('a caller who hangs up during the greeting leaves neither flag nor recording', async (t) => {
  const acme = acmeInFastTime(t);

  await acme.call({ audio: speech(8192), hangUpAfterMs: 2000 });

  const [record] = acme.records;
  assert.deepEqual(record?.data.Attributes, {});
  assert.equal(record?.data.Recordings, null);
});

test('a caller can be made to hang up at any moment', async (t) => {
  const acme = acmeInFastTime(t);
  const { contactId, hangUp, ended } = acme.connect.placeCall({ from: FROM, audio: speech(8192) });

  hangUp();
  await ended;

  assert.equal(acme.told.at(-1)?.kind, 'hang-up');
  assert.ok(acme.connect.contact(contactId).endedAtMs);
});

test('an agent who answers after the message is in the record, which waits for after-contact work', async (t) => {
  const acme = acmeInFastTime(t);
  const queueArn = agentQueueArn(acme.world, 'd4d4d4d4-0000-4000-8000-00000000d002');

  await acme.call({ audio: speech(8192), queueArn, agentAnswers: true, callRecording: true });

  const [record] = acme.records;
  assert.equal(record?.data.Agent?.Username, 'ben.okafor');
  assert.equal(record?.data.Agent?.AfterContactWorkDuration, 10);
  assert.equal(record?.data.DisconnectReason, 'AGENT_DISCONNECT');
  assert.deepEqual(
    record?.data.Recordings?.map(({ StorageType }) => StorageType),
    ['S3', 'KINESIS_VIDEO_STREAM'],
  );
});

/** The members of a record that these tests read. */
interface RecordData {
  readonly Agent: { readonly Username: string; readonly AfterContactWorkDuration: number } | null;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly DisconnectReason: string | null;
  readonly Recordings:
    | readonly Readonly<
        Record<'FragmentStartNumber' | 'FragmentStopNumber' | 'Location' | 'StorageType', string>
      >[]
    | null;
}

function acmeInFastTime(t: TestContext) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const told: Happening[] = [];
  happenings.listen((happening) => void told.push(happening));
  const world = laptopWorld();
  const video = createKinesisVideo({ clock, mediaEndpoint: () => 'http://127.0.0.1' });
  const records: { partitionKey: string; data: RecordData }[] = [];
  const fragments: (NewFragment & { streamArn: string; number: string; appendedAtMs: number })[] = [];
  const connect = createConnect({
    clock,
    happenings,
    world,
    kinesis: {
      put: (_streamArn, data, partitionKey) => records.push({ partitionKey, data: JSON.parse(data) }),
    },
    kinesisVideo: {
      createStream: video.createStream,
      append(streamArn, fragment) {
        const number = video.append(streamArn, fragment);
        fragments.push({ ...fragment, streamArn, number, appendedAtMs: clock.now() });
        return number;
      },
    },
    delays: { contactRecordMs: 1000 },
    throttle: false,
  });

  async function call(script: Omit<CallScript, 'from'>) {
    const { contactId, ended } = connect.placeCall({ from: FROM, ...script });
    await ended;
    while (
      !told.some(
        ({ kind, ...rest }) =>
          kind === 'contact-record' && 'contactId' in rest && rest.contactId === contactId,
      )
    ) {
      await clock.sleep(1000);
    }
    return { contactId };
  }

  function samplesOf(contactId: string, track = 1) {
    const media = fragments.map(({ bytes, number }) =>
      Buffer.from(typeof bytes === 'function' ? bytes(number) : bytes),
    );
    return Int16Array.from(
      media.filter((bytes) => bytes.includes(contactId)).flatMap((bytes) => samplesOn(track, bytes)),
    );
  }
  return { clock, world, connect, told, records, fragments, call, samplesOf };
}
