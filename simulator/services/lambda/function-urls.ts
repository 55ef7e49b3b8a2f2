import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { ApiAnswer } from '../../service.ts';
import { httpEvent, type OpenRequest, ownPath } from './http-event.ts';
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

export interface FunctionUrls {
  readonly find: (functionArn: string) => FunctionUrl | undefined;
  readonly create: (url: UrlSettings) => void;
  /** Does nothing if it is the URL of another function by now. */
  readonly remove: (urlId: string, functionArn: string) => void;
  readonly open: (request: OpenRequest) => Promise<ApiAnswer>;
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
      const [urlId, rawPath] = ownPath(request.path, FUNCTION_URL_PREFIX);
      const url = urls.get(urlId);
      if (!url) return jsonAnswer(404, 'Not Found');
      if (!url.isPublic) return jsonAnswer(403, 'Forbidden');

      const requestId = randomUUID();
      const said = { accountId: 'anonymous', apiId: urlId, requestId, nowMs: clock.now() };
      const event = httpEvent({ request, rawPath, ...said });
      return urlAnswerOf(await invoke(url.functionArn, JSON.stringify(event), { requestId }));
    },
  };
}

function jsonAnswer(status: number, message: string): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Message: message }),
  };
}
