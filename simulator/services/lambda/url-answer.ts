import { z } from 'zod';
import type { ApiAnswer } from '../../service.ts';
import type { InvocationResult } from './invoker.ts';

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const ResponseShape = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), HeaderValue).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * The HTTP response to a function URL, or to an HTTP API in payload format 2.0.
 *
 * A function error, and an answer with a `statusCode` that is not well formed, are `failed`: 502 for a function URL.
 * An answer without `statusCode` is the body of a 200.
 * Source: Lambda developer guide, "Invoking Lambda function URLs", response payload format.
 */
export function urlAnswerOf({ payload, functionError }: InvocationResult, failed = badGateway()): ApiAnswer {
  if (functionError) return failed;
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof value === 'string' ? value : payload,
    };
  }
  const response = ResponseShape.safeParse(value);
  if (!response.success) return failed;

  const { statusCode: status, headers, cookies, body = '', isBase64Encoded } = response.data;
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...lowerCased(headers),
      ...(cookies.length > 0 && { 'set-cookie': cookies.join(', ') }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function badGateway(): ApiAnswer {
  return {
    status: 502,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Message: 'Internal Server Error' }),
  };
}
