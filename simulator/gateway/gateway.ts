import { randomUUID } from 'node:crypto';
import { inBackground } from '../in-background.ts';
import { type ApiAnswer, type ApiRequest, AwsError, type Service } from '../service.ts';
import { ANONYMOUS, answerCall, type Call, type CallSurroundings, internalFailure } from './answer-call.ts';
import { errorAnswer, jsonError, notSimulated } from './error-answer.ts';
import { type Incoming, listen, type Outgoing } from './listen.ts';
import { isForm } from './query-protocol.ts';
import { type RawRequest, readBody, readHead } from './read-request.ts';
import { refusalsOf } from './signature-refusals.ts';
import { findSignatureClaim, isSignedWithVersion2 } from './signature-v4.ts';
import { hasLeft, writeAnswer } from './write-answer.ts';

export interface GatewayOptions extends Omit<CallSurroundings, 'onBug'> {
  readonly services: readonly Service[];
  /** Absent or 0: any free port. */
  readonly port?: number;
  readonly mediaPort?: number;
  /** The longest time in which no more bytes of a request arrive, in real time. Absent: 30 s. */
  readonly longestReadMs?: number;
  /** What anybody may ask for without a signature, such as function URLs: the first that it is for answers. */
  readonly open?: readonly OpenDoor[];
  /**
   * Called with an error that is not an AwsError; the caller gets a 500. Absent: it is written to the
   * console.
   */
  readonly onBug?: (error: unknown) => void;
}

/** By what an open door is found. */
export type OpenHead = Pick<ApiRequest, 'path' | 'headers'>;

interface OpenDoor {
  readonly isFor: (request: OpenHead) => boolean;
  readonly answer: (request: Omit<ApiRequest, 'caller'>) => Promise<ApiAnswer>;
}

export interface Gateway {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** The second port, to which data endpoints point. The same services answer there. */
  readonly mediaEndpoint: string;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

type Port = ApiRequest['port'];

/**
 * AWS's front door on loopback, HTTP/1.1 and HTTP/2 on one port.
 *
 * A request goes to the service that its signature names; answer-call.ts does the rest. Not done:
 * streaming signed chunk by chunk, SigV4A, virtual-host addressing of buckets, more than one account.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, services, open = [], onBug = console.error } = options;

  async function answer(
    raw: RawRequest,
    { port, requestId, left }: Pick<Call, 'port' | 'requestId' | 'left'>,
  ): Promise<ApiAnswer | undefined> {
    const { rawBody, ...head } = raw;
    const door = open.find(({ isFor }) => isFor(head));
    if (door) return door.answer({ ...head, body: rawBody, port, requestId });

    const request = { ...head, body: rawBody, caller: ANONYMOUS, port, requestId };
    const claim = findSignatureClaim(head, rawBody);
    if (!claim || claim === 'malformed') {
      const name = guessService(raw);
      const service = services.find((one) => one.name === name);
      const refusals = refusalsOf(name);
      const old = isSignedWithVersion2(head) ? refusals.oldVersion?.() : undefined;
      const isOpen = !claim && OPEN.includes(actionOf(raw));
      const refusal = claim ? refusals.malformed() : refusals.notSigned();
      const error = old ?? (isOpen ? await notSimulated(name, request, true) : refusal);
      return errorAnswer(error, request, { name, service });
    }
    const { service: name } = claim;
    const service = services.find((one) => one.name === name);
    if (service) return answerCall({ raw, claim, service, port, requestId, left }, { ...options, onBug });
    return errorAnswer(await notSimulated(name, request, false), request, { name, service });
  }

  async function serve(incoming: Incoming, outgoing: Outgoing, port: Port): Promise<void> {
    const requestId = randomUUID();
    const write = (written: ApiAnswer) => writeAnswer(outgoing, written, { requestId, nowMs: clock.now() });
    const leaving = new AbortController();
    // Also called after every answer: an abort that nobody waits for would cost as much as a signature.
    outgoing.once('close', () => outgoing.writableEnded || leaving.abort());
    const received = clock.busy();
    try {
      const raw = { ...readHead(incoming), rawBody: await readBody(incoming, options.longestReadMs) };
      const answering = answer(raw, { port, requestId, left: leaving.signal });
      received();
      const answered = await answering;
      if (answered) await write(answered);
      else outgoing.destroy();
    } catch (error) {
      const left = hasLeft(error);
      if (!left && !(error instanceof AwsError)) onBug(error);
      if (left || outgoing.headersSent) outgoing.destroy();
      else await write(jsonError(error instanceof AwsError ? error : internalFailure(error)));
      // The rest of a request that was given up is not waited for.
      if (!incoming.complete) incoming.destroy();
    } finally {
      received();
    }
  }

  const main = await listen(options.port ?? 0, (from, to) => inBackground(serve(from, to, 'main'), onBug));
  const media = await listen(options.mediaPort ?? 0, (from, to) =>
    inBackground(serve(from, to, 'media'), onBug),
  );
  return {
    endpoint: `http://127.0.0.1:${main.port}`,
    mediaEndpoint: `http://127.0.0.1:${media.port}`,
    async close() {
      await Promise.all([main.close(), media.close()]);
    },
  };
}

/** Operations of STS that nobody signs: they exist, and are not simulated. */
const OPEN = ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

function actionOf({ headers, rawBody }: RawRequest): string {
  return isForm({ headers }) ? (new URLSearchParams(rawBody.toString('utf8')).get('Action') ?? '') : '';
}

/** The service of a request that is not signed: S3, whose links people open, or STS. */
function guessService(raw: RawRequest): string {
  if (isForm(raw)) return OPEN.includes(actionOf(raw)) ? 'sts' : '';
  return raw.headers['x-amz-target'] === undefined ? 's3' : '';
}
