import type { ApiRequest } from '../../service.ts';

/** A request from outside, which needs no signature. */
export type OpenRequest = Omit<ApiRequest, 'caller'>;

/** What a function URL and an HTTP API say of a request besides the request itself. */
interface Received {
  readonly request: OpenRequest;
  /** The path without the prefix that stands for the host here. */
  readonly rawPath: string;
  readonly accountId: string;
  /** That of the API, or of the function URL. */
  readonly apiId: string;
  readonly requestId: string;
  readonly nowMs: number;
}

/**
 * A request as an event in payload format 2.0, for the route and the stage `$default`.
 *
 * Source: Lambda developer guide, "Invoking Lambda function URLs"; API Gateway developer guide, "Create AWS Lambda
 * proxy integrations for HTTP APIs".
 */
export function httpEvent({
  request: { method, query, headers, body },
  rawPath,
  accountId,
  apiId,
  requestId,
  nowMs,
}: Received) {
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
      accountId,
      apiId,
      domainName: headers['host'] ?? '',
      domainPrefix: apiId,
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

/** Splits `/_url/<id>/r/token`, after the prefix, into the id and `/r/token`. */
export function ownPath(path: string, prefix: string): readonly [string, string] {
  const rest = path.slice(prefix.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? [rest, '/'] : [rest.slice(0, slash), rest.slice(slash)];
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
