import { isCutOff, isThrottled, isUnreachable, statusOf } from '../../src/adapters/aws-errors.ts';
import { RefusedError } from '../command.ts';

/** Whether AWS may answer the same question later: it was not reached, was too busy, or broke off. */
export function mayPass(error: unknown): boolean {
  const cause = error instanceof RefusedError ? error.cause : error;
  const status = statusOf(cause);
  return (
    isUnreachable(cause) || isCutOff(cause) || isThrottled(cause) || (status !== undefined && status >= 500)
  );
}
