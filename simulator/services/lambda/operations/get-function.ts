import type { RestOperation } from '../../../gateway/protocols.ts';
import { functionConfiguration } from '../configuration.ts';
import { onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** GetFunction, but for where its code is. Source: Lambda API reference. */
export function getFunction(parts: LambdaParts): RestOperation {
  return {
    name: 'GetFunction',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}',
    needs: onFunction('GetFunction', parts),
    answer({ params }) {
      const found = requireDescribable(params, parts);
      const { reservedConcurrency, details } = found;
      const tags = details?.tags ?? {};
      return {
        Configuration: functionConfiguration(found),
        ...(Object.keys(tags).length > 0 && { Tags: tags }),
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      };
    },
  };
}
