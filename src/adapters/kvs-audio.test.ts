import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { kvsAudio } from './kvs-audio.ts';

const STREAM = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/acme/1767225600000';
const RANGE = { streamArn: STREAM, startMs: 1_772_632_822_500, stopMs: 1_772_632_872_000 };

interface Call {
  readonly path: string;
  readonly host: string;
  readonly input: unknown;
}

type Answer = (response: ServerResponse, call: Call) => void;

test('lists and media come from the endpoints that Kinesis Video Streams names, each asked for once', async (t) => {
  const media = await fakeAws(t, {
    '/listFragments': page(['1']),
    '/getMediaForFragmentList': body('ab', 'cd'),
  });
  const control = await fakeAws(t, { '/getDataEndpoint': endpoint(media.url) });
  const { listFragments, readFragments } = audioOn(control.url);

  assert.deepEqual(await listFragments(RANGE), [{ fragmentNumber: '1' }]);
  assert.equal(await textOf(readFragments(STREAM, ['1', '2'])), 'abcd');
  assert.equal(await textOf(readFragments(STREAM, ['3'])), 'abcd');

  assert.deepEqual(inputsOf(control.calls), [
    { StreamARN: STREAM, APIName: 'LIST_FRAGMENTS' },
    { StreamARN: STREAM, APIName: 'GET_MEDIA_FOR_FRAGMENT_LIST' },
  ]);
  assert.deepEqual(inputsOf(media.calls).slice(1), [
    { StreamARN: STREAM, Fragments: ['1', '2'] },
    { StreamARN: STREAM, Fragments: ['3'] },
  ]);
});

test('a list is read page by page; only the first asks by time, the others by token', async (t) => {
  const pages = [page(['2', '1'], 'bmV4dA=='), page([], 'bW9yZQ=='), page(['3'])];
  const aws = await fakeAws(t, {
    '/listFragments': (response, call) => pages.shift()?.(response, call),
  });

  const listed = await audioOn(aws.url).listFragments(RANGE);

  assert.deepEqual(listed, [{ fragmentNumber: '2' }, { fragmentNumber: '1' }, { fragmentNumber: '3' }]);
  assert.deepEqual(inputsOf(aws.calls).slice(1), [
    {
      StreamARN: STREAM,
      MaxResults: 1000,
      FragmentSelector: {
        FragmentSelectorType: 'SERVER_TIMESTAMP',
        TimestampRange: { StartTimestamp: 1_772_632_822.5, EndTimestamp: 1_772_632_872 },
      },
    },
    { StreamARN: STREAM, MaxResults: 1000, NextToken: 'bmV4dA==' },
    { StreamARN: STREAM, MaxResults: 1000, NextToken: 'bW9yZQ==' },
  ]);
});

test('an endpoint that does not serve the stream any more is asked for again', async (t) => {
  const answers = [page(['1']), refusal(404, 'ResourceNotFoundException', 'moved'), page(['2'])];
  const aws = await fakeAws(t, {
    '/listFragments': (response, call) => answers.shift()?.(response, call),
  });
  const { listFragments } = audioOn(aws.url);
  await listFragments(RANGE);

  assert.deepEqual(await listFragments(RANGE), [{ fragmentNumber: '2' }]);
  assert.deepEqual(
    aws.calls.map(({ path }) => path),
    ['/getDataEndpoint', '/listFragments', '/listFragments', '/getDataEndpoint', '/listFragments'],
  );
});

const REFUSALS: readonly (readonly [string, Answer, object])[] = [
  [
    'throttling, though it comes as 400 and named only in a header the SDK does not read',
    refusal(400, 'ClientLimitExceededException', 'slow down', 'x-amz-ErrorType'),
    { name: 'RetryableError', code: 'THROTTLED' },
  ],
  [
    'a stream that is gone',
    refusal(404, 'ResourceNotFoundException', 'The requested stream is not found or not active.'),
    { code: 'NO_AUDIO', message: /retention .* at least 24 hours/ },
  ],
  [
    'a stream without retention',
    refusal(
      400,
      'InvalidArgumentException',
      'End timestamp 2026-03-04 is outside of the stream retention period',
    ),
    { code: 'NO_AUDIO', message: /retention .* at least 24 hours/ },
  ],
  [
    'any other bad argument',
    refusal(400, 'InvalidArgumentException', 'Fragment numbers are invalid'),
    { name: 'PermanentError', code: 'REFUSED' },
  ],
  [
    'a role without the permission',
    refusal(
      403,
      'AccessDeniedException',
      'User: arn:aws:sts::1:x is not authorized to perform: kinesisvideo:Y',
    ),
    { code: 'REFUSED', message: /not authorized to perform: kinesisvideo:Y$/ },
  ],
];

for (const [what, answer, error] of REFUSALS) {
  test(`reported by lists, media and endpoints alike: ${what}`, async (t) => {
    const aws = await fakeAws(t, { '/listFragments': answer, '/getMediaForFragmentList': answer });
    const control = await fakeAws(t, { '/getDataEndpoint': answer });

    await assert.rejects(audioOn(aws.url).listFragments(RANGE), error);
    await assert.rejects(textOf(audioOn(aws.url).readFragments(STREAM, ['1'])), error);
    await assert.rejects(audioOn(control.url).listFragments(RANGE), error);
  });
}

test('a connection that breaks in the middle of the media can be tried again, and keeps what arrived before', async (t) => {
  const aws = await fakeAws(t, {
    '/getMediaForFragmentList': (response) => {
      response.write('half');
      setImmediate(() => response.destroy());
    },
  });
  let text = '';

  await assert.rejects(
    async () => {
      for await (const chunk of audioOn(aws.url).readFragments(STREAM, ['1']))
        text += Buffer.from(chunk).toString();
    },
    { name: 'RetryableError', code: 'UNAVAILABLE' },
  );
  assert.equal(text, 'half');
});

const audioOn = (url: string) =>
  kvsAudio({ region: 'us-east-1', endpoint: url, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });

/** Kinesis Video Streams on loopback. By default it is its own data endpoint. */
async function fakeAws(t: TestContext, answers: Readonly<Record<string, Answer>>) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = { path: request.url ?? '', host: request.headers.host ?? '', input: await json(request) };
    calls.push(call);
    const own = call.path === '/getDataEndpoint' ? endpoint(`http://${call.host}`) : undefined;
    (answers[call.path] ?? own)?.(response, call);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return { url: `http://127.0.0.1:${address.port}`, calls };
}

const inputsOf = (calls: readonly Call[]) => calls.map(({ input }) => input);

function endpoint(url: string): Answer {
  return (response) => response.end(JSON.stringify({ DataEndpoint: url }));
}

function page(numbers: readonly string[], token?: string): Answer {
  const Fragments = numbers.map((FragmentNumber) => ({ FragmentNumber, FragmentLengthInMilliseconds: 1024 }));
  return (response) => response.end(JSON.stringify({ Fragments, NextToken: token ?? null }));
}

function body(...chunks: string[]): Answer {
  return (response) => {
    response.setHeader('content-type', 'video/webm');
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };
}

function refusal(status: number, name: string, message: string, header = 'x-amzn-ErrorType'): Answer {
  return (response) =>
    response.writeHead(status, { [header]: name }).end(JSON.stringify({ Message: message }));
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}
