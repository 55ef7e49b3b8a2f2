import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { ApiAnswer, ApiRequest } from '../../service.ts';
import { tokenBuckets } from '../../token-bucket.ts';
import { httpEvent, type OpenRequest, ownPath } from '../lambda/http-event.ts';
import type { InvocationResult, InvokeOptions } from '../lambda/invoker.ts';
import { urlAnswerOf } from '../lambda/url-answer.ts';

/** The prefix of an API's own address on the gateway. After it come the API's id, a slash, and its path. */
export const HTTP_API_PREFIX = '/_api/';

/** What an API's stage `$default` does with requests. */
interface HttpStage {
  readonly apiId: string;
  /** Behind its route `$default`. */
  readonly functionArn: string;
  /** Whether the function's policy allows this API to invoke it. If not, the answer is 500. */
  readonly isAllowed: boolean;
  /** Absent: it may be asked as often as the account may, which is not simulated. */
  readonly throttle?: { readonly perSecond: number; readonly burst: number } | undefined;
  /** Whether it answers at its own address too. */
  readonly hasOwnAddress: boolean;
}

export interface HttpApis {
  /** Replaces what the API did before. */
  readonly putStage: (stage: HttpStage) => void;
  readonly removeStage: (apiId: string) => void;
  readonly hasDomain: (domainName: string) => boolean;
  readonly addDomain: (domainName: string) => void;
  readonly removeDomain: (domainName: string) => void;
  readonly mapDomain: (domainName: string, apiId: string) => void;
  readonly unmapDomain: (domainName: string) => void;
  /** Whether the request's host is a domain name that was given to API Gateway. */
  readonly isOwnDomain: (request: Pick<ApiRequest, 'headers'>) => boolean;
  /** Handles a request to an API's own address; any other path gets 404. */
  readonly open: (request: OpenRequest) => Promise<ApiAnswer>;
  /** Handles a request to a domain name of one's own. */
  readonly openDomain: (request: OpenRequest) => Promise<ApiAnswer>;
}

/**
 * API Gateway's HTTP APIs, with one route, `$default`, to a Lambda function in payload format 2.0, one stage,
 * `$default`, and regional domain names.
 *
 * An API's own address is a path here, which the function does not see; a domain name is the request's header `host`,
 * as all that it leads to is this gateway. Not simulated: other routes and stages, authorizers, CORS, access logs,
 * TLS, its limit of 30 seconds, and its API. Source: API Gateway developer guide, "HTTP APIs".
 */
export function createHttpApis({
  clock,
  account,
  invoke,
}: {
  clock: Clock;
  account: Account;
  invoke: (functionArn: string, payload: string, options: InvokeOptions) => Promise<InvocationResult>;
}): HttpApis {
  const stages = new Map<string, HttpStage & { readonly takes: () => boolean }>();
  /** By domain name: the API that it leads to. */
  const domains = new Map<string, string | undefined>();

  async function answer(apiId: string, rawPath: string, request: OpenRequest): Promise<ApiAnswer> {
    const stage = stages.get(apiId);
    if (!stage) return jsonAnswer(404, 'Not Found');
    if (!stage.takes()) return jsonAnswer(429, 'Too Many Requests');
    if (!stage.isAllowed) return failed();
    const requestId = randomUUID();
    const said = { accountId: account.id, apiId, requestId, nowMs: clock.now() };
    const event = httpEvent({ request, rawPath, ...said });
    return urlAnswerOf(await invoke(stage.functionArn, JSON.stringify(event), { requestId }), failed());
  }

  return {
    putStage: (stage) => void stages.set(stage.apiId, { ...stage, takes: bucketOf(stage, clock) }),
    removeStage: (apiId) => void stages.delete(apiId),
    hasDomain: (domainName) => domains.has(domainName),
    addDomain: (domainName) => void domains.set(domainName, domains.get(domainName)),
    removeDomain: (domainName) => void domains.delete(domainName),
    mapDomain: (domainName, apiId) => void domains.set(domainName, apiId),
    unmapDomain: (domainName) => void domains.set(domainName, undefined),
    isOwnDomain: (request) => domains.has(hostOf(request)),
    async open(request) {
      const [apiId, rawPath] = ownPath(request.path, HTTP_API_PREFIX);
      if (stages.get(apiId)?.hasOwnAddress === false) return jsonAnswer(404, 'Not Found');
      return answer(apiId, rawPath, request);
    },
    async openDomain(request) {
      const apiId = domains.get(hostOf(request));
      return apiId === undefined ? jsonAnswer(403, 'Forbidden') : answer(apiId, request.path, request);
    },
  };
}

function bucketOf({ throttle }: HttpStage, clock: Clock): () => boolean {
  if (!throttle) return () => true;
  const take = tokenBuckets({ clock, ...throttle });
  return () => take('');
}

/** In lower case, without the port. */
function hostOf({ headers }: Pick<ApiRequest, 'headers'>): string {
  return (headers['host'] ?? '').toLowerCase().replace(/:\d+$/, '');
}

function failed(): ApiAnswer {
  return jsonAnswer(500, 'Internal Server Error');
}

function jsonAnswer(status: number, message: string): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
