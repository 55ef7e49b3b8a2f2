import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  DescribeStreamCommand,
  GetDataEndpointCommand,
  KinesisVideoClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis-video';
import {
  GetMediaForFragmentListCommand,
  type Fragment,
  KinesisVideoArchivedMediaClient,
  ListFragmentsCommand,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { createClock } from '../../simulator/clock.ts';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createKinesisVideo } from '../../simulator/services/kinesis-video/kinesis-video.ts';

const STREAM_NAME = 'vm-connect-acme-contact-5e5e5e5e-0000-4000-8000-00000000e001';
const ARN = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream';

test('a stream names its retention', async (t) => {
  const { control, streamArn } = await streamWith(t, { fragments: 0, retentionHours: 24 });

  const { StreamInfo } = await control.send(new DescribeStreamCommand({ StreamName: STREAM_NAME }));

  assert.equal(StreamInfo?.StreamARN, streamArn);
  assert.equal(StreamInfo?.DataRetentionInHours, 24);
  assert.equal(StreamInfo?.Status, 'ACTIVE');
  assert.ok(StreamInfo?.CreationTime instanceof Date);
});

test('media is read at another endpoint than the one that names it', async (t) => {
  const { control, config, streamArn, endpoint } = await streamWith(t, { fragments: 1 });

  const { DataEndpoint } = await control.send(
    new GetDataEndpointCommand({ StreamARN: streamArn, APIName: 'LIST_FRAGMENTS' }),
  );
  const ignorant = new KinesisVideoArchivedMediaClient({ ...config, endpoint });

  assert.notEqual(DataEndpoint, endpoint);
  await assert.rejects(ignorant.send(new ListFragmentsCommand({ StreamARN: streamArn })), {
    name: 'UnknownOperationException',
  });
});

test('fragments are listed in pages, in disorder, each once', async (t) => {
  const { media, streamArn, startMs, numbers } = await streamWith(t, { fragments: 25 });
  const pages: Fragment[][] = [];

  let token: string | undefined;
  do {
    const selector = token === undefined ? { FragmentSelector: serverTime(startMs, startMs + 60_000) } : {};
    const { Fragments = [], NextToken } = await media.send(
      new ListFragmentsCommand({ StreamARN: streamArn, MaxResults: 10, NextToken: token, ...selector }),
    );
    pages.push(Fragments);
    token = NextToken;
  } while (token);

  const listed = pages.flat().map(({ FragmentNumber }) => FragmentNumber ?? '');
  assert.deepEqual(
    pages.map((page) => page.length),
    [10, 10, 5],
  );
  assert.notDeepEqual(listed, numbers);
  assert.deepEqual(
    listed.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
    numbers,
  );
});

test('a fragment is in a range if it begins there, both ends included', async (t) => {
  const { media, streamArn, startMs, numbers } = await streamWith(t, { fragments: 4 });
  const list = async (type: 'SERVER_TIMESTAMP' | 'PRODUCER_TIMESTAMP') => {
    const { Fragments = [] } = await media.send(
      new ListFragmentsCommand({
        StreamARN: streamArn,
        FragmentSelector: {
          FragmentSelectorType: type,
          TimestampRange: {
            StartTimestamp: new Date(startMs + 1024),
            EndTimestamp: new Date(startMs + 2048),
          },
        },
      }),
    );
    return Fragments.map(({ FragmentNumber }) => FragmentNumber ?? '').toSorted();
  };

  assert.deepEqual(await list('PRODUCER_TIMESTAMP'), numbers.slice(1, 3));
  assert.deepEqual(await list('SERVER_TIMESTAMP'), numbers.slice(1, 2));
});

test('a fragment is described to the millisecond', async (t) => {
  const { media, streamArn, startMs, numbers } = await streamWith(t, { fragments: 1 });

  const { Fragments } = await media.send(
    new ListFragmentsCommand({
      StreamARN: streamArn,
      FragmentSelector: serverTime(startMs, startMs + 1000),
    }),
  );

  assert.deepEqual(Fragments, [
    {
      FragmentNumber: numbers[0],
      FragmentSizeInBytes: 'fragment 0;'.length,
      ProducerTimestamp: new Date(startMs),
      ServerTimestamp: new Date(startMs + 90),
      FragmentLengthInMilliseconds: 1024,
    },
  ]);
});

test('media comes in the requested order', async (t) => {
  const { read, numbers } = await streamWith(t, { fragments: 3 });
  const [first = '', second = '', third = ''] = numbers;

  assert.equal(await read([third, first, second]), 'fragment 2;fragment 0;fragment 1;');
});

test('a missing fragment ends the media with an error inside a 200', async (t) => {
  const { read, numbers } = await streamWith(t, { fragments: 2 });
  const [first = '', second = ''] = numbers;
  const unknown = '91343852333181499999999999999900000000000000101';

  const payload = await read([first, unknown, second]);

  assert.ok(payload.startsWith('fragment 0;\x1a\x45\xdf\xa3'));
  assert.ok(payload.includes('FRAGMENT_NOT_FOUND'));
  assert.ok(payload.endsWith(unknown));
});

test('an expired fragment is no longer listed, and reading it is an error inside a 200', async (t) => {
  const { media, read, streamArn, startMs, numbers, clock } = await streamWith(t, {
    fragments: 1,
    retentionHours: 1,
  });

  clock.advance(3_700_000);

  await assert.rejects(
    media.send(
      new ListFragmentsCommand({
        StreamARN: streamArn,
        FragmentSelector: serverTime(startMs, startMs + 5000),
      }),
    ),
    {
      name: 'InvalidArgumentException',
      message: `End timestamp ${startMs + 5000} is outside of the stream retention period.`,
    },
  );
  assert.ok((await read(numbers)).includes('FRAGMENT_NOT_FOUND'));
});

test('a stream without retention is read for five minutes, and lists nothing after them', async (t) => {
  const { media, streamArn, startMs, read, numbers, clock } = await streamWith(t, {
    fragments: 2,
    retentionHours: 0,
  });
  const list = async () => {
    const FragmentSelector = serverTime(startMs, startMs + 3_600_000);
    const { Fragments } = await media.send(
      new ListFragmentsCommand({ StreamARN: streamArn, FragmentSelector }),
    );
    return Fragments?.length;
  };

  assert.equal(await list(), 2);
  assert.ok(!(await read(numbers)).includes('FRAGMENT_NOT_FOUND'));
  clock.advance(6 * 60_000);

  assert.equal(await list(), 0);
  assert.ok((await read(numbers)).includes('FRAGMENT_NOT_FOUND'));
});

test('an unknown stream is a 404, with the name of the error in both headers', async (t) => {
  const { control } = await streamWith(t, { fragments: 0 });
  const unknown = new DescribeStreamCommand({ StreamARN: `${ARN}/nobody/1` });

  await assert.rejects(control.send(unknown), (error: unknown) => {
    assert.ok(error instanceof ResourceNotFoundException);
    assert.equal(error.$metadata.httpStatusCode, 404);
    const headers = error.$response?.headers ?? {};
    assert.equal(headers['x-amz-errortype'], 'ResourceNotFoundException');
    assert.equal(headers['x-amzn-errortype'], 'ResourceNotFoundException');
    return true;
  });
});

test('an invalid request is an InvalidArgumentException', async (t) => {
  const { control, media, streamArn, startMs } = await streamWith(t, { fragments: 1 });
  const FragmentSelector = serverTime(startMs, startMs);
  const invalid = { name: 'InvalidArgumentException', $fault: 'client' };
  const list = (input: object) =>
    media.send(new ListFragmentsCommand({ StreamARN: streamArn, FragmentSelector, ...input }));
  const read = (fragments: string[]) =>
    media.send(new GetMediaForFragmentListCommand({ StreamARN: streamArn, Fragments: fragments }));

  await assert.rejects(list({ MaxResults: 1001 }), invalid);
  await assert.rejects(list({ FragmentSelector: undefined }), invalid);
  await assert.rejects(list({ NextToken: 'bm90aGluZw==', FragmentSelector: undefined }), invalid);
  await assert.rejects(list({ StreamName: STREAM_NAME }), invalid);
  await assert.rejects(read([]), invalid);
  await assert.rejects(read(Array.from({ length: 1001 }, () => '1')), invalid);
  await assert.rejects(read(['one']), invalid);
  await assert.rejects(
    control.send(new GetDataEndpointCommand({ APIName: 'LIST_FRAGMENTS', StreamName: undefined })),
    invalid,
  );
});

test('the sixth call within a second is throttled with a 400, which the SDK does not retry', async (t) => {
  const { media, streamArn, startMs } = await streamWith(t, { fragments: 1, throttle: true });
  const list = () =>
    media.send(
      new ListFragmentsCommand({ StreamARN: streamArn, FragmentSelector: serverTime(startMs, startMs) }),
    );

  for (let call = 1; call <= 5; call += 1) await list();

  await assert.rejects(list(), (error: unknown) => {
    assert.ok(error instanceof Error && '$metadata' in error);
    assert.equal(error.name, 'ClientLimitExceededException');
    assert.match(JSON.stringify(error.$metadata), /"httpStatusCode":400,.*"attempts":1/);
    return true;
  });
});

test('a role reads the streams that its policies name, and no others', async (t) => {
  const { mediaFor, streamArn, numbers } = await streamWith(t, { fragments: 1 });
  const allowed = (Resource: string) =>
    mediaFor([{ Effect: 'Allow', Action: 'kinesisvideo:GetMediaForFragmentList', Resource }]);
  const read = new GetMediaForFragmentListCommand({ StreamARN: streamArn, Fragments: numbers });

  const { Payload } = await allowed(`${ARN}/vm-connect-acme-contact-*/*`).send(read);

  assert.equal(await Payload?.transformToString(), 'fragment 0;');
  await assert.rejects(allowed(`${ARN}/other-*/*`).send(read), { name: 'AccessDeniedException' });
});

/**
 * A stream of fragments of 1,024 ms that hold no more than their place. Against a
 * real account this would name an existing stream and its fragments.
 */
async function streamWith(t: TestContext, { fragments, retentionHours = 1, throttle = false }: Setup) {
  const { video, clock, endpoint, config, identities } = await serving(t, throttle);
  const startMs = clock.now();
  const streamArn = `${ARN}/${STREAM_NAME}/${startMs}`;
  video.createStream({ arn: streamArn, retentionHours });
  const numbers = Array.from({ length: fragments }, (_, index) =>
    video.append(streamArn, {
      bytes: Buffer.from(`fragment ${index};`),
      producerMs: startMs + index * 1024,
      serverMs: startMs + index * 1024 + 90,
      lengthMs: 1024,
    }),
  );
  const control = new KinesisVideoClient({ ...config, endpoint });
  const { DataEndpoint = '' } = await control.send(
    new GetDataEndpointCommand({ StreamARN: streamArn, APIName: 'LIST_FRAGMENTS' }),
  );
  const media = new KinesisVideoArchivedMediaClient({ ...config, endpoint: DataEndpoint });

  async function read(wanted: readonly string[]) {
    const { ContentType, Payload } = await media.send(
      new GetMediaForFragmentListCommand({ StreamARN: streamArn, Fragments: [...wanted] }),
    );
    assert.equal(ContentType, 'video/webm');
    return Buffer.from((await Payload?.transformToByteArray()) ?? []).toString('latin1');
  }
  function mediaFor(statements: readonly PolicyStatement[]) {
    const credentials = identities.addRole({ arn: 'arn:aws:iam::111122223333:role/reader', statements });
    return new KinesisVideoArchivedMediaClient({ ...config, credentials, endpoint: DataEndpoint });
  }
  return { control, media, mediaFor, config, read, clock, endpoint, streamArn, startMs, numbers };
}

interface Setup {
  readonly fragments: number;
  readonly retentionHours?: number;
  readonly throttle?: boolean;
}

async function serving(t: TestContext, throttle: boolean) {
  let mediaEndpoint = '';
  const real = createClock('real');
  const startMs = real.now();
  // The token bucket fills up with time, so the clock does not move while tests count calls.
  const clock = throttle ? { ...real, now: () => startMs } : real;
  const video = createKinesisVideo({ clock, mediaEndpoint: () => mediaEndpoint, throttle });
  const gateway = await startTestGateway([video.service], { clock });
  t.after(gateway.close);
  mediaEndpoint = gateway.mediaEndpoint;
  const config = { region: 'us-east-1', credentials: gateway.credentials, maxAttempts: 3 };
  return { video, clock, endpoint: gateway.endpoint, config, identities: gateway.identities };
}

function serverTime(fromMs: number, toMs: number) {
  return {
    FragmentSelectorType: 'SERVER_TIMESTAMP',
    TimestampRange: { StartTimestamp: new Date(fromMs), EndTimestamp: new Date(toMs) },
  } as const;
}
