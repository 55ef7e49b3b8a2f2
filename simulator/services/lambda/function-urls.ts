import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { ApiAnswer, ApiRequest } from '../../service.ts';
import type { InvocationResult, InvokeOptions } from './invoker.ts';
import { urlAnswerOf } from './url-answer.ts';

/**
 * The prefix of function URLs on the gateway. After it come the URL's id, a slash, and the function's own
 * path.
 */
export const FUNCTION_URL_PREFIX = '/_url/';

/** One function URL. */
export interface UrlSettings {
  /** The id in its address. */
  readonly urlId: string;
  readonly functionArn: string;
  /** Whether the function's policy allows everybody to call it. If not, the answer is 403. */
  readonly isPublic: boolean;
  /** Its address. */
  readonly url: string;
  /** As the template has it. */
  readonly cors?: unknown;
}

export interface FunctionUrl extends UrlSettings {
  readonly createdAtMs: number;
  readonly changedAtMs: number;
}

/** A request to a function URL, which needs no signature. */
export type UrlRequest = Omit<ApiRequest, 'caller'>;

export interface FunctionUrls {
  readonly find: (functionArn: string) => FunctionUrl | undefined;
  readonly create: (url: UrlSettings) => void;
  /** Does nothing if it is the URL of another function by now. */
  readonly remove: (urlId: string, functionArn: string) => void;
  readonly open: (request: UrlRequest) => Promise<ApiAnswer>;
}

/**
 * Function URLs of the auth type NONE: the request becomes an event in payload format 2.0, and the
 * function's answer becomes the response.
 *
 * On the gateway they share one host, so each has its own path prefix, which the function does not see.
 * Source: Lambda developer guide, "Invoking Lambda function URLs".
 */
export function createFunctionUrls({
  clock,
  invoke,
}: {
  clock: Clock;
  invoke: (functionArn: string, payload: string, options: InvokeOptions) => Promise<InvocationResult>;
}): FunctionUrls {
  const urls = new Map<string, FunctionUrl>();
  return {
    find: (functionArn) => [...urls.values()].find((url) => url.functionArn === functionArn),
    create(url) {
      const changedAtMs = clock.now();
      const { createdAtMs = changedAtMs } = urls.get(url.urlId) ?? {};
      urls.set(url.urlId, { ...url, createdAtMs, changedAtMs });
    },
    remove(urlId, functionArn) {
      if (urls.get(urlId)?.functionArn === functionArn) urls.delete(urlId);
    },
    async open(request) {
      const [urlId, rawPath] = ownPath(request.path);
      const url = urls.get(urlId);
      if (!url) return jsonAnswer(404, 'Not Found');
      if (!url.isPublic) return jsonAnswer(403, 'Forbidden');

      const requestId = randomUUID();
      const event = urlEvent({ request, urlId, rawPath, requestId, nowMs: clock.now() });
      return urlAnswerOf(await invoke(url.functionArn, JSON.stringify(event), { requestId }));
    },
  };
}

/** `/_url/<id>/r/token` becomes the id and `/r/token`. */
function ownPath(path: string): readonly [string, string] {
  const rest = path.slice(FUNCTION_URL_PREFIX.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? [rest, '/'] : [rest.slice(0, slash), rest.slice(slash)];
}

function urlEvent({
  request: { method, query, headers, body },
  urlId,
  rawPath,
  requestId,
  nowMs,
}: {
  request: UrlRequest;
  urlId: string;
  rawPath: string;
  requestId: string;
  nowMs: number;
}) {
  const { cookie, ...otherHeaders } = headers;
  const rawQueryString = query.toString();
  const parameters = Object.fromEntries(
    [...query.keys()].map((name) => [name, query.getAll(name).join(',')]),
  );
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: otherHeaders,
    ...(rawQueryString !== '' && { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: urlId,
      domainName: headers['host'] ?? '',
      domainPrefix: urlId,
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(nowMs),
      timeEpoch: Math.floor(nowMs),
    },
    ...bodyMembers(body, headers['content-type'] ?? ''),
  };
}

/** Text stays text; anything else goes as Base64. */
function bodyMembers(body: Buffer, contentType: string) {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded))/.test(contentType);
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(timeMs: number): string {
  const [, day = '', month = '', year = '', time = ''] = new Date(timeMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function jsonAnswer(status: number, message: string): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Message: message }),
  };
}
