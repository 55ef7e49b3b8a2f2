import { z } from 'zod';
import type { InvocationResult } from '../services/lambda/invoker.ts';

const ResponseShape = z
  .looseObject({
    batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish(),
  })
  .nullable();

/**
 * Which records of a batch the function failed on.
 *
 * `known` are the records' identifiers. All of them failed if the function ended with an error. If the
 * function reports failures itself, all failed too if its report is malformed or names a record that is
 * not in the batch.
 *
 * Source: Lambda developer guide, "Reporting batch item failures".
 */
export function failedRecords(
  { payload, functionError }: InvocationResult,
  known: readonly string[],
  { reportsFailures }: { reportsFailures: boolean },
): ReadonlySet<string> {
  if (functionError) return new Set(known);
  if (!reportsFailures) return new Set();

  const response = ResponseShape.safeParse(JSON.parse(payload));
  if (!response.success) return new Set(known);
  const failed = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return new Set(failed.every((identifier) => known.includes(identifier)) ? failed : known);
}
