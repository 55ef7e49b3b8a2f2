import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { noise } from '../../test/kvs-payload.ts';
import { RetryableError } from '../domain/errors.ts';
import { toSavedRecording } from '../domain/recording-metadata.ts';
import { wavHeader } from '../domain/audio/wav.ts';
import { s3Recordings } from './s3-recordings.ts';

const BUCKET = 'recordings';
const KEY = 'recordings/2026/03/04/a b+c.wav';
const ACCESS = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const PART_BYTES = 5 * 1024 * 1024;
const COMPLETE = { language: 'en-US', 'is-complete': 'true' };
const INCOMPLETE = { ...COMPLETE, 'is-complete': 'false' };

test('a short message is one conditional PutObject, header and all', async (t) => {
  const s3 = await fakeS3(t);
  const pcm = noise(1, 32_000);

  const kept = await s3.keep(pcm);

  assert.deepEqual(kept, toSavedRecording({ sizeBytes: 32_044, metadata: COMPLETE }));
  assert.deepEqual(s3.calls, ['PutObject if none']);
  assert.ok(s3.file()?.equals(Buffer.concat([wavHeader(32_000), pcm])));
  assert.equal(s3.objects.get(KEY)?.contentType, 'audio/wav');
});

test('a message that fills one part exactly is still one PutObject', async (t) => {
  const s3 = await fakeS3(t);
  const pcm = noise(1, PART_BYTES);

  await s3.keep(pcm);

  assert.deepEqual(s3.calls, ['PutObject if none']);
  assert.ok(s3.file()?.equals(Buffer.concat([wavHeader(PART_BYTES), pcm])));
});

test('a long message goes up in parts, the one with the header last, and is the same file', async (t) => {
  const s3 = await fakeS3(t);
  const pcm = noise(1, 2 * PART_BYTES + 1000);

  const kept = await s3.keep(pcm);

  assert.deepEqual(kept, toSavedRecording({ sizeBytes: pcm.length + 44, metadata: COMPLETE }));
  assert.deepEqual(s3.calls, [
    'CreateMultipartUpload',
    'UploadPart 2',
    'UploadPart 3',
    'UploadPart 1',
    'CompleteMultipartUpload if none',
  ]);
  assert.ok(s3.file()?.equals(Buffer.concat([wavHeader(pcm.length), pcm])));
  assert.equal(s3.objects.get(KEY)?.contentType, 'audio/wav');
});

test('a short message after a longer one has nothing of that one', async (t) => {
  const s3 = await fakeS3(t);
  const messages = [noise(1, 300_000), noise(2, 1000), noise(3, PART_BYTES + 10), noise(4, 40_000)];
  for (const [i, pcm] of messages.entries()) await s3.keepAs(`${i}.wav`, pcm);

  for (const [i, pcm] of messages.entries())
    assert.ok(s3.objects.get(`${i}.wav`)?.body.subarray(44).equals(pcm));
});

test('messages that are saved at the same time do not share memory', async (t) => {
  const s3 = await fakeS3(t);
  await s3.keepAs('earlier.wav', noise(9, 1000));
  const messages = [1, 2, 3].map((seed) => noise(seed, 200_000 - seed * 2));
  await Promise.all(messages.map((pcm, i) => s3.keepAs(`${i}.wav`, pcm)));

  for (const [i, pcm] of messages.entries())
    assert.ok(s3.objects.get(`${i}.wav`)?.body.subarray(44).equals(pcm));
});

test('the memory of a message is used for the next one, unless an earlier request may still read it', async () => {
  // The second message is tried twice; the fourth is there already.
  const statuses = [200, 503, 200, 200, 412, 200];
  const bodies: Uint8Array[] = [];
  const handle = async ({ body }: { readonly body?: unknown }) => {
    const statusCode = body instanceof Uint8Array ? (statuses[bodies.push(body) - 1] ?? 500) : 200;
    return { response: { statusCode, headers: {} } };
  };
  const { keepRecording } = s3Recordings(new S3Client({ ...ACCESS, requestHandler: { handle } }), BUCKET);

  for (const seed of [1, 2, 3, 4, 5]) {
    const pcm = inChunks(noise(seed, 1000 * seed));
    await keepRecording({ key: KEY, metadata: COMPLETE, pcm, metadataAtEnd: () => COMPLETE });
  }

  assert.deepEqual(bodies.map(seedOf), [2, 2, 2, 4, 4, 5]);
});

test('parts use the memory of earlier ones, also of earlier messages, unless a request may still read it', async () => {
  const fake = memoriesInUse([]);
  const long = noise(1, 3 * PART_BYTES + 1000);
  const { keepRecording } = s3Recordings(fake.client, BUCKET);

  for (let i = 0; i < 3; i++)
    await keepRecording({ key: KEY, metadata: COMPLETE, pcm: inChunks(long), metadataAtEnd: () => COMPLETE });

  assert.equal(fake.tries.length, 12);
  assert.equal(new Set(fake.tries.map(({ body }) => body.buffer)).size, 2);
});

test('a part that is tried again has its own bytes in every try, whatever is uploaded after it', async () => {
  // Part 2 and the first one, which comes last, need another try, part 3 two more.
  const fake = memoriesInUse([503, 200, 503, 500, 200, 200, 503]);
  const { keepRecording } = s3Recordings(fake.client, BUCKET);
  const messages = [noise(1, 3 * PART_BYTES + 1000), noise(2, 2 * PART_BYTES), noise(3, 1000)];

  for (const pcm of messages)
    await keepRecording({ key: KEY, metadata: COMPLETE, pcm: inChunks(pcm), metadataAtEnd: () => COMPLETE });

  const numbers = fake.tries.map(({ part }) => part);
  assert.deepEqual(numbers, ['2', '2', '3', '3', '3', '4', '1', '1', '2', '1', 'whole']);
  assert.ok(fake.tries.every(({ body, asSent }) => asSent.length === body.length));
  for (const [i, pcm] of messages.entries()) {
    const [from, to] =
      [
        [0, 8],
        [8, 10],
        [10, 11],
      ][i] ?? [];
    const parts = new Map(fake.tries.slice(from, to).map(({ part, asSent }) => [part, asSent]));
    const sent = [...parts].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, bytes]) => bytes);
    assert.ok(Buffer.concat(sent).equals(Buffer.concat([wavHeader(pcm.length), pcm])));
  }
  // What a failed try may still be sending has not been touched since.
  const failed = fake.tries.filter(({ status }) => status !== 200);
  assert.equal(failed.length, 4);
  assert.ok(failed.every(({ body, asSent }) => asSent.equals(body)));
});

test('audio that breaks off before anything was sent leaves its memory to the next message', async () => {
  const fake = memoriesInUse([]);
  const { keepRecording } = s3Recordings(fake.client, BUCKET);
  const keep = (pcm: AsyncIterable<Uint8Array>) =>
    keepRecording({ key: KEY, metadata: COMPLETE, pcm, metadataAtEnd: () => COMPLETE });
  await keep(inChunks(noise(1, 50_000)));
  await assert.rejects(keep(breaking(noise(2, 40_000), new RetryableError('NOT_READY', 'late'))));
  await keep(inChunks(noise(3, 30_000)));

  assert.equal(new Set(fake.tries.map(({ body }) => body.buffer)).size, 1);
  assert.ok(fake.tries[1]?.asSent.subarray(44).equals(noise(3, 30_000)));
});

interface Try {
  readonly part: string;
  readonly status: number;
  /** The memory that was to be sent, and a copy from that time. */
  readonly body: Uint8Array;
  readonly asSent: Buffer;
}

/** Answers uploads with these statuses, in their order, then with 200, and keeps what each one had to send. */
function memoriesInUse(statuses: number[]) {
  const tries: Try[] = [];
  const handle = async (request: { readonly body?: unknown; readonly query?: Record<string, string> }) => {
    const { body, query = {} } = request;
    const xml = 'uploads' in query ? '<R><UploadId>upload-1</UploadId></R>' : '<R></R>';
    if (!(body instanceof Uint8Array))
      return { response: { statusCode: 200, headers: {}, body: Readable.from([xml]) } };
    const status = statuses.shift() ?? 200;
    tries.push({ part: query['partNumber'] ?? 'whole', status, body, asSent: Buffer.from(body) });
    return { response: { statusCode: status, headers: { etag: '"etag"' }, body: Readable.from(['']) } };
  };
  const client = new S3Client({ ...ACCESS, maxAttempts: 4, requestHandler: { handle } });
  return { tries, client };
}

/** Of the noise in a file. */
const seedOf = (file: Uint8Array) =>
  [1, 2, 3, 4, 5].find((seed) => Buffer.from(file.subarray(44)).equals(noise(seed, file.length - 44)));

test('what turns out while a short message is read is in its metadata at once', async (t) => {
  const s3 = await fakeS3(t);

  const kept = await s3.keep(noise(1, 1000), INCOMPLETE);

  assert.deepEqual(kept.metadata, INCOMPLETE);
  assert.deepEqual(s3.calls, ['PutObject if none']);
});

test('what turns out after a long message began to go up is written by copying it onto itself', async (t) => {
  const s3 = await fakeS3(t);
  const pcm = noise(1, PART_BYTES + 2);

  const kept = await s3.keep(pcm, INCOMPLETE);

  assert.deepEqual(kept.metadata, INCOMPLETE);
  assert.equal(s3.calls.at(-1), `CopyObject REPLACE from ${BUCKET}/recordings/2026/03/04/a%20b%2Bc.wav`);
  assert.deepEqual(await s3.find(), toSavedRecording({ sizeBytes: pcm.length + 44, metadata: INCOMPLETE }));
  assert.ok(s3.file()?.equals(Buffer.concat([wavHeader(pcm.length), pcm])));
});

for (const sizeBytes of [1000, PART_BYTES + 1000]) {
  test(`a recording of ${sizeBytes} bytes that is there already stays, and counts as kept`, async (t) => {
    const s3 = await fakeS3(t);
    await s3.keep(noise(1, 500));
    s3.calls.length = 0;

    const kept = await s3.keep(noise(2, sizeBytes), INCOMPLETE);

    assert.deepEqual(kept, toSavedRecording({ sizeBytes: 544, metadata: COMPLETE }));
    assert.ok(s3.file()?.subarray(44).equals(noise(1, 500)));
    assert.equal(s3.uploads.size, 0);
  });
}

test('metadata that a crash left incomplete is corrected by the next try', async (t) => {
  const s3 = await fakeS3(t);
  const pcm = noise(1, PART_BYTES + 1000);
  s3.failing = 'CopyObject';
  await assert.rejects(s3.keep(pcm, INCOMPLETE), { code: 'REFUSED' });
  s3.failing = undefined;

  const kept = await s3.keep(pcm, INCOMPLETE);

  assert.deepEqual(kept.metadata, INCOMPLETE);
  assert.deepEqual((await s3.find())?.metadata, INCOMPLETE);
});

test('an upload that S3 completed without the answer coming through counts as kept', async (t) => {
  const s3 = await fakeS3(t);
  const pcm = noise(1, PART_BYTES + 1000);
  s3.completesTwice = true;

  const kept = await s3.keep(pcm);

  assert.deepEqual(kept, toSavedRecording({ sizeBytes: pcm.length + 44, metadata: COMPLETE }));
});

test('an upload that is gone without a recording can be tried again', async (t) => {
  const s3 = await fakeS3(t);
  s3.forgetsUploads = true;

  await assert.rejects(s3.keep(noise(1, PART_BYTES + 1000)), { code: 'UNAVAILABLE' });
});

test('an error in the audio writes nothing and leaves no upload behind', async (t) => {
  const s3 = await fakeS3(t);
  const outage = new RetryableError('UNAVAILABLE', 'throttled');

  for (const sizeBytes of [1000, 3 * PART_BYTES]) {
    await assert.rejects(s3.keepFrom(breaking(noise(1, sizeBytes), outage)), outage);
  }

  assert.equal(s3.objects.size, 0);
  assert.equal(s3.uploads.size, 0);
  assert.equal(s3.calls.at(-1), 'AbortMultipartUpload');
});

test('a part that S3 refuses leaves no upload behind', async (t) => {
  const s3 = await fakeS3(t);
  s3.failing = 'UploadPart';

  await assert.rejects(s3.keep(noise(1, PART_BYTES + 1000)), {
    code: 'REFUSED',
    message: /^s3:UploadPart was refused with 403 AccessDenied/,
  });
  assert.equal(s3.uploads.size, 0);
});

test('an upload that cannot be removed can be tried again, and both errors are reported', async (t) => {
  const s3 = await fakeS3(t);
  s3.failing = 'UploadPart|AbortMultipartUpload';

  await assert.rejects(
    s3.keep(noise(1, PART_BYTES + 1000)),
    (error) =>
      error instanceof RetryableError &&
      error.cause instanceof AggregateError &&
      error.cause.errors.length === 2,
  );
});

test('no audio is no recording', async (t) => {
  const s3 = await fakeS3(t);

  await assert.rejects(s3.keep(new Uint8Array()), { code: 'NO_AUDIO' });
  assert.deepEqual(s3.calls, []);
});

test('metadata is read back unchanged, with any characters', async (t) => {
  const s3 = await fakeS3(t);
  const metadata = { name: 'Zoë 日本', share: '100% sure', plain: 'a=b&c d+e', edge: ' spaced ', empty: '' };

  const kept = await s3.keep(noise(1, 1000), metadata);

  assert.deepEqual(kept.metadata, metadata);
  assert.deepEqual((await s3.find())?.metadata, metadata);
  assert.equal(s3.objects.get(KEY)?.metadata['plain'], 'a=b&c d+e');
});

test('metadata that somebody else wrote is read as it is', async (t) => {
  const s3 = await fakeS3(t);
  s3.put(KEY, new Uint8Array(44), { share: '100%' });

  assert.deepEqual(await s3.find(), toSavedRecording({ sizeBytes: 44, metadata: { share: '100%' } }));
});

test('a recording that is not there is not found', async (t) => {
  assert.equal(await (await fakeS3(t)).find(), undefined);
});

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
}

async function* breaking(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield* inChunks(bytes);
  throw error;
}

interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Upload {
  readonly object: StoredObject;
  readonly parts: Map<number, Buffer>;
}

interface Faults {
  /** Operations that are refused, joined by `|`. */
  failing: string | undefined;
  /** The first completion works, and is answered as the second would be. */
  completesTwice: boolean;
  forgetsUploads: boolean;
}

/** The part of S3 that the adapter uses, on loopback, and the adapter on it. */
async function fakeS3(t: TestContext) {
  const objects = new Map<string, StoredObject>();
  const uploads = new Map<string, Upload>();
  const calls: string[] = [];
  const fake: Faults = { failing: undefined, completesTwice: false, forgetsUploads: false };

  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { operation, query, key, isConditional, body, object } = await readRequest(request);
    const upload = uploads.get(query.get('uploadId') ?? '');
    const refuse = (status: number, code: string) =>
      response.writeHead(status).end(request.method === 'HEAD' ? '' : `<Error><Code>${code}</Code></Error>`);

    calls.push(describe(operation, request, query));
    if (fake.failing?.split('|').includes(operation)) return void refuse(403, 'AccessDenied');
    if (isConditional && objects.has(key)) return void refuse(412, 'PreconditionFailed');
    switch (operation) {
      case 'HeadObject': {
        const found = objects.get(key);
        if (!found) return void refuse(404, 'NotFound');
        for (const [name, value] of Object.entries(found.metadata))
          response.setHeader(`x-amz-meta-${name}`, value);
        return void response.setHeader('content-length', found.body.length).end();
      }
      case 'PutObject':
        objects.set(key, object);
        return void response.end();
      case 'CopyObject':
        objects.set(key, { ...object, body: objects.get(key)?.body ?? body });
        return void response.end('<CopyObjectResult></CopyObjectResult>');
      case 'CreateMultipartUpload':
        uploads.set('upload-1', { object, parts: new Map() });
        return void response.end(`<R><UploadId>upload-1</UploadId></R>`);
      case 'UploadPart':
        upload?.parts.set(Number(query.get('partNumber')), body);
        return void response.setHeader('etag', `"part-${query.get('partNumber')}"`).end();
      case 'CompleteMultipartUpload': {
        if (!upload || fake.forgetsUploads) return void refuse(404, 'NoSuchUpload');
        objects.set(key, { ...upload.object, body: wholeOf(body, upload) });
        uploads.clear();
        return fake.completesTwice ? void refuse(404, 'NoSuchUpload') : void response.end('<R></R>');
      }
      case 'AbortMultipartUpload':
        uploads.clear();
        return void response.writeHead(204).end();
      default:
        return void refuse(501, 'NotImplemented');
    }
  }

  const client = await clientOf(server, t);
  const { keepRecording, findRecordingObject } = s3Recordings(client, BUCKET);
  const keepFrom = (
    pcm: AsyncIterable<Uint8Array>,
    metadataAtEnd: Readonly<Record<string, string>> = COMPLETE,
    key = KEY,
  ) => keepRecording({ key, metadata: COMPLETE, pcm, metadataAtEnd: () => metadataAtEnd });
  return Object.assign(fake, {
    objects,
    uploads,
    calls,
    keepFrom,
    keep: (pcm: Uint8Array, atEnd?: Readonly<Record<string, string>>) => keepFrom(inChunks(pcm), atEnd),
    keepAs: (key: string, pcm: Uint8Array) => keepFrom(inChunks(pcm), COMPLETE, key),
    find: () => findRecordingObject(KEY),
    file: () => objects.get(KEY)?.body,
    put: (key: string, body: Uint8Array, metadata: Readonly<Record<string, string>>) =>
      objects.set(key, { body: Buffer.from(body), contentType: 'audio/wav', metadata }),
  });
}

async function readRequest(request: IncomingMessage) {
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://s3');
  const body = await buffer(request);
  return {
    query,
    key: decodeURIComponent(pathname.slice(`/${BUCKET}/`.length)),
    operation: operationOf(request, query),
    isConditional: request.headers['if-none-match'] === '*',
    body,
    object: { body, contentType: request.headers['content-type'] ?? '', metadata: metadataOf(request) },
  };
}

/** The parts that the completion names, in its order. */
function wholeOf(completion: Buffer, { parts }: Upload): Buffer {
  const named = completion.toString().matchAll(/<ETag>&?.*?part-(\d+).*?<PartNumber>\1</g);
  return Buffer.concat([...named].map(([, number]) => parts.get(Number(number)) ?? Buffer.from('missing')));
}

/** Starts the server, for as long as the test runs. */
async function clientOf(server: Server, t: TestContext): Promise<S3Client> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return new S3Client({ ...ACCESS, endpoint: `http://127.0.0.1:${address.port}` });
}

function operationOf({ method, headers }: IncomingMessage, query: URLSearchParams): string {
  if (method === 'HEAD') return 'HeadObject';
  if (method === 'DELETE') return 'AbortMultipartUpload';
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : 'CompleteMultipartUpload';
  if (query.has('partNumber')) return 'UploadPart';
  return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
}

function describe(operation: string, { headers }: IncomingMessage, query: URLSearchParams): string {
  const details: (string | null | undefined)[] = [operation, query.get('partNumber')];
  if (headers['if-none-match'] === '*') details.push('if none');
  if (operation === 'CopyObject')
    details.push(String(headers['x-amz-metadata-directive']), `from ${String(headers['x-amz-copy-source'])}`);
  return details.filter(Boolean).join(' ');
}

function metadataOf({ headers }: IncomingMessage): Record<string, string> {
  const prefix = 'x-amz-meta-';
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), String(value)]));
}
