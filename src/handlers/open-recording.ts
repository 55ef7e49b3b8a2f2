import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { RetryableError } from '../domain/errors.ts';
import { contactIdOf } from '../domain/link-token.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { OpenOutcome } from '../steps/open-recording.ts';
import { LINK_HEADERS, linkPage } from './link-page.ts';

export interface OpenRecordingDeps {
  readonly open: (request: OpenRequest) => Promise<OpenOutcome>;
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

/**
 * The members of a function URL's event that are used. Source: Lambda developer guide, payload format 2.0.
 */
const eventSchema = z.object({
  rawPath: z.string(),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/**
 * A function URL behind every recording link: `GET /r/<token>` answers a redirect to the audio. Every other
 * request, and every failure, is answered with a page.
 */
export function openRecordingHandler(deps: OpenRecordingDeps) {
  const { log, meter } = deps;
  return async (event: unknown): Promise<APIGatewayProxyStructuredResultV2> => {
    const asked = eventSchema.safeParse(event).data;
    if (!asked) return linkPage('notALink');
    const { method } = asked.requestContext.http;
    if (method !== 'GET' && method !== 'HEAD') return linkPage('cannotWrite');
    const token = LINK_PATH.exec(asked.rawPath)?.[1];
    if (!token) return linkPage('notALink');

    const outcome = await opened({ token, method }, deps);
    log.info('recording link followed', { ...withoutUrl(outcome), method });
    if (!('isTest' in outcome)) meter.count(COUNTED[outcome.kind]);
    meter.flush();

    switch (outcome.kind) {
      case 'open':
        return { statusCode: 302, headers: { ...LINK_HEADERS, location: outcome.url } };
      case 'over':
        return linkPage('over');
      case 'archived':
        return linkPage(outcome.why);
      case 'invalid':
        return linkPage('notALink');
      case 'failed':
        return linkPage('tryAgain');
    }
  };
}

type Outcome = OpenOutcome | { readonly kind: 'failed' };

const COUNTED = {
  open: 'LinksOpened',
  over: 'LinksOver',
  archived: 'LinksOver',
  invalid: 'LinksRefused',
  failed: 'LinksFailed',
} as const satisfies Record<Outcome['kind'], string>;

/** A failure is logged and has an alarm; the person gets a page, in time. */
async function opened(
  request: OpenRequest,
  { open, log, patienceMs = PATIENCE_MS }: OpenRecordingDeps,
): Promise<Outcome> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new RetryableError('UNAVAILABLE', 'opening a link took too long')),
    patienceMs,
  );
  try {
    return await Promise.race([open(request), late.promise]);
  } catch (error) {
    // An invented link can name any contact: perhaps the failure is why it was not checked.
    log.error('recording link could not be opened', { contactId: contactIdOf(request.token), error });
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
