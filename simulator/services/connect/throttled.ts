import type { Clock } from '../../clock.ts';
import type { RestOperation } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import { tokenBuckets } from '../../token-bucket.ts';

/** For each operation, account and Region. Source: Amazon Connect service quotas, API throttling. */
const PER_SECOND = 2;
const BURST = 5;

/** These operations do not declare ThrottlingException, but are throttled too. */
const UNDECLARED = new Set(['GetContactAttributes', 'StopContact', 'UpdateContactAttributes']);

/** The operations, each with Amazon Connect's limit of 2 calls a second and 5 at once. */
export function throttled(operations: readonly RestOperation[], clock: Clock): RestOperation[] {
  const takeToken = tokenBuckets({ clock, perSecond: PER_SECOND, burst: BURST });
  return operations.map((operation) => ({
    ...operation,
    answer(call) {
      if (takeToken(operation.name)) return operation.answer(call);
      const code = UNDECLARED.has(operation.name) ? 'TooManyRequestsException' : 'ThrottlingException';
      throw new AwsError(code, 429, 'Rate exceeded');
    },
  }));
}
