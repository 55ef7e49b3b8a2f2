import type { RestOperation } from '../../../gateway/protocols.ts';
import { functionConfiguration } from '../configuration.ts';
import { listed, onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** Source: Lambda API reference, ListVersionsByFunction. */
const MOST_ITEMS = 50;

/** ListVersionsByFunction: there is no other than the latest. */
export function listVersionsByFunction(parts: LambdaParts): RestOperation {
  return {
    name: 'ListVersionsByFunction',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/versions',
    needs: onFunction('ListVersionsByFunction', parts),
    answer({ params, query }) {
      const found = requireDescribable(params, parts);
      const latest = { ...functionConfiguration(found), FunctionArn: `${found.arn}:$LATEST` };
      return listed(query, { name: 'Versions', items: [latest], most: MOST_ITEMS });
    },
  };
}
