import type { Clock } from '../../clock.ts';
import type { RestOperation } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import { tokenBuckets } from '../../token-bucket.ts';
import { rateOf } from './quotas.ts';

/** These operations do not declare ThrottlingException, but are throttled too. */
const UNDECLARED = new Set(['GetContactAttributes', 'StopContact', 'UpdateContactAttributes']);

/** The operations, each with Amazon Connect's limit of calls a second and at once. */
export function throttled(operations: readonly RestOperation[], clock: Clock): RestOperation[] {
  return operations.map((operation) => {
    const takeToken = tokenBuckets({ clock, ...rateOf(operation.name) });
    return {
      ...operation,
      answer(call) {
        if (takeToken(operation.name)) return operation.answer(call);
        const code = UNDECLARED.has(operation.name) ? 'TooManyRequestsException' : 'ThrottlingException';
        throw new AwsError(code, 429, 'Rate exceeded');
      },
    };
  });
}
