import type { LambdaParts } from './parts.ts';

/** Source: Lambda developer guide, "Lambda quotas"; new accounts have less. */
const USUAL_CONCURRENCY = 1000;

/** Invocations that may run at once in the account, and how many of these are kept for single functions. */
export function concurrencyOf({ limits, describable }: Pick<LambdaParts, 'limits' | 'describable'>): {
  readonly most: number;
  readonly reserved: number;
} {
  const reserved = describable().reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  return { most: limits.concurrentExecutions ?? USUAL_CONCURRENCY, reserved };
}
