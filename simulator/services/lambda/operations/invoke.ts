import { randomUUID } from 'node:crypto';
import { heldBack } from '../../../gateway/fault.ts';
import { apiAnswer, type RestOperation } from '../../../gateway/protocols.ts';
import { type ApiAnswer, AwsError } from '../../../service.ts';
import type { InvocationResult } from '../invoker.ts';
import type { LambdaParts } from '../parts.ts';

/** Source: Lambda developer guide, "Lambda quotas", invocation payload. */
const LARGEST_SYNC_PAYLOAD_BYTES = 6 * 1024 * 1024;
const LARGEST_ASYNC_PAYLOAD_BYTES = 1024 * 1024;
/** Source: Lambda API reference, Invoke, LogType. */
const LOG_TAIL_BYTES = 4096;

/**
 * Invoke: `RequestResponse` returns the function's answer, `Event` queues the payload and returns at once,
 * `DryRun` only checks the permission. The log tail has what the function wrote, and no lines of the platform.
 */
export function invoke(parts: LambdaParts): RestOperation {
  const { requireFunction, submit, invocationOf } = parts;
  return {
    name: 'Invoke',
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/invocations',
    blob: true,
    needs: ({ params }) => [
      { action: 'lambda:InvokeFunction', resource: requireFunction(params['FunctionName'] ?? '').arn },
    ],
    async answer({ params, query, request }) {
      const { arn } = requireFunction(params['FunctionName'] ?? '');
      requireLatest(arn, query.get('Qualifier'));
      const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
      const payload = payloadIn(request.body, type);
      const requestId = randomUUID();
      switch (type) {
        case 'RequestResponse': {
          const isNested = request.caller.arn.includes(':assumed-role/');
          // The calling function waits, so the called one holds fast time.
          const invocation = invocationOf(request.headers['x-amzn-trace-id']);
          const left = request.left ?? new AbortController().signal;
          const result = parts.invoke(arn, payload, { requestId, isNested });
          const wantsTail = request.headers['x-amz-log-type'] === 'Tail';
          return answerOf(await heldBack(result, { invocation, left }), wantsTail);
        }
        case 'Event':
          submit(arn, payload, requestId);
          return apiAnswer({ status: 202 });
        case 'DryRun':
          return apiAnswer({ status: 204 });
        default:
          throw new AwsError(
            'InvalidParameterValueException',
            400,
            `Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, DryRun, RequestResponse]`,
          );
      }
    },
  };
}

function requireLatest(arn: string, qualifier: string | null): void {
  if (qualifier === null || qualifier === '$LATEST') return;
  throw new AwsError('ResourceNotFoundException', 404, `Function not found: ${arn}:${qualifier}`, {
    Type: 'User',
  });
}

function payloadIn(body: Buffer, type: string): string {
  const largest = type === 'Event' ? LARGEST_ASYNC_PAYLOAD_BYTES : LARGEST_SYNC_PAYLOAD_BYTES;
  if (body.length > largest) {
    const message = `${body.length} byte payload is too large for the ${type} invocation type (limit ${largest} bytes)`;
    throw new AwsError('RequestTooLargeException', 413, message, { Type: 'User' });
  }
  const text = body.length === 0 ? '{}' : body.toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    throw new AwsError(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${reason}`,
      { Type: 'User' },
    );
  }
  return text;
}

function answerOf({ payload, functionError, lines = [] }: InvocationResult, wantsTail: boolean): ApiAnswer {
  const log = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return apiAnswer({
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(functionError && { 'x-amz-function-error': functionError }),
      ...(wantsTail && { 'x-amz-log-result': log.subarray(-LOG_TAIL_BYTES).toString('base64') }),
    },
    body: payload,
  });
}
