import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  GetDataEndpointCommand,
  KinesisVideoClient,
  ListTagsForStreamCommand,
  TagStreamCommand,
} from '@aws-sdk/client-kinesis-video';
import {
  GetMediaCommand,
  KinesisVideoMediaClient,
  type StartSelector,
  type StartSelectorType,
} from '@aws-sdk/client-kinesis-video-media';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createKinesisVideo } from '../../simulator/services/kinesis-video/kinesis-video.ts';
import { answered } from './setup.ts';

const ARN = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/calls/1000';

test('a stream is read from its first, its last or any fragment on, each with the token to go on with', async (t) => {
  const { read, numbers, startMs } = await streamOfThree(t);
  const [first] = numbers;

  const all = await read({ StartSelectorType: 'EARLIEST' });

  assert.deepEqual(fragmentsIn(all), ['one', 'two', 'three']);
  assert.match(all, /AWS_KINESISVIDEO_MILLIS_BEHIND_NOW.*AWS_KINESISVIDEO_CONTINUATION_TOKEN/s);
  assert.ok(numbers.every((number) => all.includes(number)));
  assert.deepEqual(fragmentsIn(await read({ StartSelectorType: 'NOW' })), ['three']);
  const later: readonly StartSelector[] = [
    { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: first },
    { StartSelectorType: 'CONTINUATION_TOKEN', ContinuationToken: first },
    { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: new Date(startMs + 1500) },
    { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: new Date(startMs + 500) },
  ];
  for (const selector of later) assert.deepEqual(fragmentsIn(await read(selector)), ['two', 'three']);
  const future: StartSelector = {
    StartSelectorType: 'SERVER_TIMESTAMP',
    StartTimestamp: new Date(startMs + 60_000),
  };
  assert.equal(await read(future), '');
});

test('a start that is no fragment or no type is refused, and so is a role without the permission', async (t) => {
  const { read, mediaAs } = await streamOfThree(t);
  const unknown: StartSelector = { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: '17' };
  const noType: StartSelector = { StartSelectorType: wrong('LATEST') };

  for (const selector of [unknown, noType]) {
    await assert.rejects(read(selector), answered(400, 'InvalidArgumentException'));
  }
  const request = { StreamARN: ARN, StartSelector: { StartSelectorType: 'EARLIEST' } } as const;
  await assert.rejects(mediaAs('kinesisvideo:ListFragments').send(new GetMediaCommand(request)), {
    name: 'AccessDeniedException',
  });
});

test('a stream takes tags, by name or by ARN', async (t) => {
  const { control } = await streamOfThree(t);

  await control.send(new TagStreamCommand({ StreamARN: ARN, Tags: { part: 'calls', team: 'one' } }));
  await control.send(new TagStreamCommand({ StreamName: 'calls', Tags: { team: 'two' } }));

  const { Tags } = await control.send(new ListTagsForStreamCommand({ StreamName: 'calls' }));
  assert.deepEqual(Tags, { part: 'calls', team: 'two' });
  await assert.rejects(control.send(new TagStreamCommand({ StreamName: 'none', Tags: {} })), {
    name: 'ResourceNotFoundException',
  });
});

const fragmentsIn = (media: string) => media.match(/one|two|three/g);

/** What a program could send that its types do not know. */
function wrong(type: string): StartSelectorType {
  return JSON.parse(JSON.stringify(type));
}

/** Fragments of a second, in the producer's clock a second sooner. */
async function streamOfThree(t: TestContext) {
  let mediaEndpoint = '';
  const clock = createClock('real');
  const video = createKinesisVideo({ clock, mediaEndpoint: () => mediaEndpoint });
  const gateway = await startTestGateway([video.service], { clock });
  t.after(gateway.close);
  ({ mediaEndpoint } = gateway);
  const startMs = clock.now() - 8000;
  video.createStream({ arn: ARN, retentionHours: 24 });
  const numbers = ['one', 'two', 'three'].map((text, index) =>
    video.append(ARN, {
      bytes: Buffer.from(text),
      serverMs: startMs + index * 1000,
      producerMs: startMs - 1000 + index * 1000,
      lengthMs: 1000,
    }),
  );
  const config = { region: 'us-east-1', credentials: gateway.credentials, maxAttempts: 1 };
  const control = new KinesisVideoClient({ ...config, endpoint: gateway.endpoint });
  const { DataEndpoint: endpoint = '' } = await control.send(
    new GetDataEndpointCommand({ StreamARN: ARN, APIName: 'GET_MEDIA' }),
  );
  const media = new KinesisVideoMediaClient({ ...config, endpoint });

  async function read(selector: StartSelector): Promise<string> {
    const { Payload } = await media.send(new GetMediaCommand({ StreamARN: ARN, StartSelector: selector }));
    return Buffer.from((await Payload?.transformToByteArray()) ?? []).toString('latin1');
  }
  function mediaAs(Action: string) {
    const statements = [{ Effect: 'Allow', Action, Resource: `${ARN}/*` } as const];
    const credentials = gateway.identities.addRole({
      arn: 'arn:aws:iam::111122223333:role/reader',
      statements,
    });
    return new KinesisVideoMediaClient({ ...config, credentials, endpoint });
  }
  return { control, read, mediaAs, numbers, startMs };
}
