import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { putMedia } from '../../cli/aws/put-media.ts';
import { callMedia } from '../../cli/verify/call-media.ts';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createKinesisVideo } from '../../simulator/services/kinesis-video/kinesis-video.ts';
import { kvsAudio } from '../../src/adapters/kvs-audio.ts';
import { readCallerAudio } from '../../src/steps/read-caller-audio.ts';
import { answered } from './setup.ts';

const STREAM = 'vm-connect-acme-contact-test';
const CALL = { contactId: 'c0ffee00-0000-4000-8000-0000000000c1', instanceId: 'an-instance' };

async function producer(t: TestContext) {
  const clock = createClock('real');
  let mediaEndpoint = '';
  const video = createKinesisVideo({ clock, mediaEndpoint: () => mediaEndpoint });
  const gateway = await startTestGateway([video.service], { clock });
  ({ mediaEndpoint } = gateway);
  t.after(gateway.close);
  const place = { endpoint: gateway.endpoint, region: 'us-east-1', credentials: gateway.credentials };
  return { place, client: new KinesisVideoClient({ ...place, maxAttempts: 1 }) };
}

test('a stream is made once, described and deleted', async (t) => {
  const { client } = await producer(t);
  const create = () => client.send(new CreateStreamCommand({ StreamName: STREAM, DataRetentionInHours: 1 }));
  const describe = () => client.send(new DescribeStreamCommand({ StreamName: STREAM }));

  const { StreamARN } = await create();
  const { StreamInfo } = await describe();

  assert.match(StreamARN ?? '', new RegExp(String.raw`:stream/${STREAM}/\d+$`));
  assert.partialDeepStrictEqual(StreamInfo, { StreamARN, Status: 'ACTIVE', DataRetentionInHours: 1 });
  await assert.rejects(create(), answered(400, 'ResourceInUseException'));
  await client.send(new DeleteStreamCommand({ StreamARN }));
  await assert.rejects(describe(), answered(404, 'ResourceNotFoundException'));
});

test('what a producer puts onto a stream, a reader gets, in fragments with their numbers', async (t) => {
  const { place, client } = await producer(t);
  const { StreamARN: streamArn = '' } = await client.send(
    new CreateStreamCommand({ StreamName: STREAM, DataRetentionInHours: 1 }),
  );
  const pcm = Buffer.from(Int16Array.from({ length: 8 * 4500 }, (_, index) => index % 30_000).buffer);
  const startMs = Date.now() - 4500;

  const fragmentNumbers = await putMedia(client, {
    streamName: STREAM,
    media: callMedia(pcm, { startMs, ...CALL }),
  });

  assert.equal(fragmentNumbers.length, 3);
  const audio = readCallerAudio(
    {
      contactId: CALL.contactId,
      streamArn,
      fragmentNumbers,
      startMs,
      stopMs: startMs + 4500,
      losses: { fragmentCount: 0, damage: undefined, isSeamless: true },
    },
    { ...kvsAudio(place), wait: async () => {}, now: Date.now },
  );
  const heard: Buffer[] = [];
  for await (const chunk of audio) heard.push(Buffer.from(chunk));
  assert.ok(Buffer.concat(heard).equals(pcm));
});

test('media that is none, and a stream that is not there, are refused in words', async (t) => {
  const { client } = await producer(t);
  const put = (media: Uint8Array) => putMedia(client, { streamName: STREAM, media });
  await assert.rejects(put(Buffer.of()), { name: 'ResourceNotFoundException' });

  await client.send(new CreateStreamCommand({ StreamName: STREAM, DataRetentionInHours: 1 }));
  const media = callMedia(Buffer.alloc(32_000), { startMs: Date.now(), ...CALL });
  for (const broken of [Buffer.from('no media'), media.subarray(0, 100), media.subarray(0, -7)]) {
    await assert.rejects(put(broken), {
      name: 'InvalidArgumentException',
      message: /^The media is not valid: /,
    });
  }
});
