import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { OpenOutcome } from '../steps/open-recording.ts';

export interface OpenRecordingDeps {
  readonly open: (request: { token: string; method: 'GET' | 'HEAD' }) => Promise<OpenOutcome>;
  readonly log: Log;
  readonly meter: Meter;
}

const LINK_PATH = /^\/r\/([\w.-]{1,512})$/;

/** Nothing about a link may be kept by a browser, passed on to a site, or found by a search engine. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

/** A function URL behind every recording link: `GET /r/<token>` answers a redirect to the audio. */
export function openRecordingHandler({ open, log, meter }: OpenRecordingDeps) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { method } = event.requestContext.http;
    const token = LINK_PATH.exec(event.rawPath)?.[1];
    if (method !== 'GET' && method !== 'HEAD') return page(405, 'This link can only be opened.');

    const outcome = token ? await open({ token, method }) : ({ kind: 'invalid' } as const);
    log.info('recording link followed', { ...withoutUrl(outcome), method });
    meter.count(outcome.kind === 'open' ? 'LinksOpened' : 'LinksRefused');
    meter.flush();

    switch (outcome.kind) {
      case 'open':
        return { statusCode: 302, headers: { ...HEADERS, location: outcome.url } };
      case 'over':
        return page(410, 'This recording can no longer be played. The link has run out or was withdrawn.');
      case 'invalid':
        return page(403, 'This link is not valid. Please open it again from the task it came with.');
    }
  };
}

function withoutUrl(outcome: OpenOutcome): Record<string, unknown> {
  if (outcome.kind === 'invalid') return { outcome: outcome.kind };
  const { kind, contactId } = outcome;
  return { outcome: kind, contactId, ...('why' in outcome && { why: outcome.why }) };
}

function page(statusCode: number, sentence: string): APIGatewayProxyStructuredResultV2 {
  const style =
    'font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem';
  return {
    statusCode,
    headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><title>Voicemail</title><body style="${style}"><p>${sentence}</p></body></html>`,
  };
}
