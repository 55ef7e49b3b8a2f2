import type { RestOperation } from '../../../gateway/protocols.ts';
import { concurrencyOf } from '../concurrency.ts';
import { invalid, onFunction } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** What must be left to the functions without a reservation. Source: Lambda developer guide, "Configuring reserved concurrency". */
const LEAST_UNRESERVED = 100;

/** PutFunctionConcurrency: how much of the account's concurrency one function has for itself, and at most. */
export function putFunctionConcurrency(parts: LambdaParts): RestOperation {
  return {
    name: 'PutFunctionConcurrency',
    method: 'PUT',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    needs: onFunction('PutFunctionConcurrency', parts),
    answer({ params, input: { ReservedConcurrentExecutions: wanted } }) {
      const settings = parts.requireFunction(params['FunctionName'] ?? '');
      if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0) {
        throw invalid(
          `Value '${String(wanted)}' at 'reservedConcurrentExecutions' failed to satisfy constraint.`,
        );
      }
      const { most, reserved } = concurrencyOf(parts);
      const unreserved = most - reserved + (settings.reservedConcurrency ?? 0) - wanted;
      if (wanted > 0 && unreserved < LEAST_UNRESERVED) {
        throw invalid(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
        );
      }
      parts.replace({ ...settings, reservedConcurrency: wanted });
      return { ReservedConcurrentExecutions: wanted };
    },
  };
}
