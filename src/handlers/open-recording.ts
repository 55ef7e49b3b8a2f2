import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { RetryableError } from '../domain/errors.ts';
import { contactIdOf } from '../domain/link-token.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { HeardOutcome, OpenOutcome } from '../steps/open-recording.ts';
import { LINK_HEADERS, linkPage } from './link-page.ts';

export interface OpenRecordingDeps {
  readonly open: (request: OpenRequest) => Promise<OpenOutcome>;
  readonly noteHeard: (token: string) => Promise<HeardOutcome>;
  readonly log: Log;
  readonly meter: Meter;
  /** After this time the answer asks to try again. Absent: less than the function's time-out. */
  readonly patienceMs?: number;
}

interface OpenRequest {
  readonly token: string;
  readonly method: 'GET' | 'HEAD';
}

const PATIENCE_MS = 7000;

/** Contact ids have 128 characters at most, and the rest of a token 62. */
const LINK_PATH = /^\/r\/([\w.-]{1,256})$/;
const HEARD_PATH = /^\/r\/([\w.-]{1,256})\/heard$/;

/**
 * The members of a function URL's event that are used. Source: Lambda developer guide, payload format 2.0.
 */
const eventSchema = z.object({
  rawPath: z.string(),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/**
 * A function URL behind every recording link: `GET /r/<token>` answers a redirect to the audio. `POST /r/<token>/heard`
 * says that it was played, and is answered with 204. Every other request, and every failure, is answered with a page.
 */
export function openRecordingHandler(deps: OpenRecordingDeps) {
  const { log, meter } = deps;
  return async (event: unknown): Promise<APIGatewayProxyStructuredResultV2> => {
    const asked = eventSchema.safeParse(event).data;
    if (!asked) return linkPage('notALink');
    const { method } = asked.requestContext.http;
    const heard = method === 'POST' ? HEARD_PATH.exec(asked.rawPath)?.[1] : undefined;
    if (heard !== undefined) return answerHeard(heard, deps);
    if (method !== 'GET' && method !== 'HEAD') return linkPage('cannotWrite');
    const token = LINK_PATH.exec(asked.rawPath)?.[1];
    if (!token) return linkPage('notALink');

    const outcome = await inTime(() => deps.open({ token, method }), token, deps);
    log.info('recording link followed', { ...withoutUrl(outcome), method });
    if (!('isTest' in outcome)) meter.count(COUNTED[outcome.kind]);
    meter.flush();

    if (outcome.kind !== 'open') return pageFor(outcome);
    return { statusCode: 302, headers: { ...LINK_HEADERS, location: outcome.url } };
  };
}

async function answerHeard(
  token: string,
  deps: OpenRecordingDeps,
): Promise<APIGatewayProxyStructuredResultV2> {
  const outcome = await inTime(() => deps.noteHeard(token), token, deps);
  deps.log.info('recording played behind its link', withoutUrl(outcome));
  if (outcome.kind !== 'heard' && !('isTest' in outcome)) deps.meter.count(COUNTED[outcome.kind]);
  deps.meter.flush();
  if (outcome.kind === 'heard') return { statusCode: 204, headers: LINK_HEADERS };
  return pageFor(outcome);
}

function pageFor(outcome: Exclude<Outcome, { kind: 'open' | 'heard' }>) {
  if (outcome.kind === 'archived') return linkPage(outcome.why);
  return linkPage(PAGE_OF[outcome.kind]);
}

const PAGE_OF = { over: 'over', invalid: 'notALink', failed: 'tryAgain' } as const;

type Outcome = OpenOutcome | HeardOutcome | { readonly kind: 'failed' };

const COUNTED = {
  open: 'LinksOpened',
  over: 'LinksOver',
  archived: 'LinksOver',
  invalid: 'LinksRefused',
  failed: 'LinksFailed',
} as const satisfies Record<Exclude<Outcome['kind'], 'heard'>, string>;

/** A failure is logged and has an alarm; the person gets a page, in time. */
async function inTime<Done>(
  work: () => Promise<Done>,
  token: string,
  { log, patienceMs = PATIENCE_MS }: OpenRecordingDeps,
): Promise<Done | { readonly kind: 'failed' }> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new RetryableError('UNAVAILABLE', 'opening a link took too long')),
    patienceMs,
  );
  try {
    return await Promise.race([work(), late.promise]);
  } catch (error) {
    // An invented link can name any contact: perhaps the failure is why it was not checked.
    log.error('recording link could not be opened', { contactId: contactIdOf(token), error });
    return { kind: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}

function withoutUrl(outcome: Outcome): Record<string, unknown> {
  if (outcome.kind === 'invalid' || outcome.kind === 'failed') return { outcome: outcome.kind };
  const { kind, contactId } = outcome;
  return { outcome: kind, contactId, ...('why' in outcome && { why: outcome.why }) };
}
