import { AwsError } from '../service.ts';
import { unframed } from './aws-chunked.ts';
import { checkChecksums } from './checksums.ts';
import type { Incoming } from './listen.ts';
import type { SignedRequest } from './signature-v4.ts';

/**
 * At least as much as Kinesis, Lambda and Connect accept in one request, and more than one part of a
 * multipart upload needs.
 */
const LONGEST_BODY_BYTES = 64 * 1024 * 1024;
const LONGEST_READ_MS = 30_000;
const CHUNKED_UNSIGNED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/** A whole request as it was received. */
export interface RawRequest extends SignedRequest {
  readonly rawBody: Buffer;
}

/** Method, path, query and headers; the body is still to come. */
export function readHead(incoming: Incoming): SignedRequest {
  const url = incoming.url ?? '/';
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = [value].flat().join(', ');
  }
  headers['host'] ??= headers[':authority'] ?? '';
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(question < 0 ? '' : url.slice(question + 1)),
    headers,
  };
}

/**
 * The whole body. Throws AwsError EntityTooLarge over 64 MiB, and RequestTimeout if no more bytes
 * arrive for `limitMs` of real time: a client that sends half a request must not stop the time of
 * everybody.
 */
export async function readBody(incoming: Incoming, limitMs = LONGEST_READ_MS): Promise<Buffer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(requestTimeout()), limitMs);
  try {
    return await Promise.race([collected(incoming, () => timer.refresh()), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function collected(incoming: Incoming, onChunk: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming) {
    onChunk();
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    // A body that is too long is still read: a client that is sending does not read the answer.
    if (sizeBytes <= LONGEST_BODY_BYTES) chunks.push(bytes);
  }
  if (sizeBytes <= LONGEST_BODY_BYTES) return Buffer.concat(chunks);
  const message = 'Your proposed upload exceeds the maximum allowed size';
  throw new AwsError('EntityTooLarge', 400, message, { MaxSizeAllowed: LONGEST_BODY_BYTES });
}

function requestTimeout(): AwsError {
  const message =
    'Your socket connection to the server was not read from or written to within the timeout period.';
  return new AwsError('RequestTimeout', 408, message);
}

/**
 * The body for the service, and its headers: without `aws-chunked` framing, with the trailing headers,
 * and with checksums checked.
 */
export function unpacked({ headers, rawBody }: RawRequest): {
  headers: Record<string, string>;
  body: Buffer;
} {
  const declared = headers['x-amz-content-sha256'] ?? '';
  if (!declared.startsWith('STREAMING-')) {
    checkChecksums(headers, rawBody);
    return { headers: { ...headers }, body: rawBody };
  }
  if (declared !== CHUNKED_UNSIGNED) {
    throw new AwsError('NotImplemented', 501, `A body sent as ${declared} is not implemented`);
  }

  const { body, trailers } = unframed(rawBody);
  const announced = headers['x-amz-decoded-content-length'];
  if (announced !== undefined && Number(announced) !== body.length) {
    const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
    throw new AwsError('IncompleteBody', 400, message);
  }
  const { 'content-encoding': encoding = '', ...rest } = headers;
  const encodings = encoding.split(/, */).filter((one) => one !== '' && one !== 'aws-chunked');
  const all = {
    ...rest,
    ...trailers,
    ...(encodings.length > 0 && { 'content-encoding': encodings.join(',') }),
    'content-length': String(body.length),
  };
  checkChecksums(all, body);
  return { headers: all, body };
}
