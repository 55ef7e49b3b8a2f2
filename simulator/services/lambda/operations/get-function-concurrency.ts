import type { RestOperation } from '../../../gateway/protocols.ts';
import { onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** GetFunctionConcurrency: nothing, if the function has none for itself. */
export function getFunctionConcurrency(parts: LambdaParts): RestOperation {
  return {
    name: 'GetFunctionConcurrency',
    method: 'GET',
    path: '/2019-09-30/functions/{FunctionName}/concurrency',
    needs: onFunction('GetFunctionConcurrency', parts),
    answer({ params }) {
      const { reservedConcurrency } = requireDescribable(params, parts);
      return reservedConcurrency === undefined
        ? undefined
        : { ReservedConcurrentExecutions: reservedConcurrency };
    },
  };
}
