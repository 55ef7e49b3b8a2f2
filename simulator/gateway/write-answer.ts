import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiAnswer } from '../service.ts';
import type { Outgoing } from './listen.ts';

/** Statuses that have no body, and so no length. */
const BODILESS = [204, 304];

/** Headers that every AWS service sends. */
export interface CommonHeaders {
  readonly requestId: string;
  /** The SDK corrects its clock by it. */
  readonly nowMs: number;
}

/**
 * Sends an answer. A body that is a stream is sent piece by piece, as fast as the client reads, and is
 * given up if the client goes away.
 */
export async function writeAnswer(
  outgoing: Outgoing,
  { status, headers = {}, body = '' }: ApiAnswer,
  { requestId, nowMs }: CommonHeaders,
): Promise<void> {
  const whole = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : undefined;
  const all = {
    date: new Date(nowMs).toUTCString(),
    // S3 has its own form of request ids, and its own header for them.
    ...(headers['x-amz-request-id'] === undefined && { 'x-amzn-requestid': requestId }),
    ...(whole && !BODILESS.includes(status) && { 'content-length': String(whole.length) }),
    ...headers,
  };
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(all)) outgoing.setHeader(name, value);
  if (whole) {
    await ended(outgoing, whole);
    return;
  }
  await pipeline(Readable.from(body), outgoing).catch((error: unknown) => {
    if (!hasLeft(error)) throw error;
  });
}

function ended(outgoing: Outgoing, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('close', resolve);
    outgoing.end(body, resolve);
  });
}

/**
 * The codes of Node's errors for a client that closed its connection before, during or after the
 * answer.
 */
const LEFT = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE', 'ECONNRESET']);

/** Whether an error only says that the client went away, which is not a fault. */
export function hasLeft(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return LEFT.has(error.code);
}
