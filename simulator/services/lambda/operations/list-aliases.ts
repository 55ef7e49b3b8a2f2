import type { RestOperation } from '../../../gateway/protocols.ts';
import { listed, onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** Source: Lambda API reference, ListAliases. */
const MOST_ITEMS = 50;

/** ListAliases: none can be made here. */
export function listAliases(parts: LambdaParts): RestOperation {
  return {
    name: 'ListAliases',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/aliases',
    needs: onFunction('ListAliases', parts),
    answer({ params, query }) {
      requireDescribable(params, parts);
      return listed(query, { name: 'Aliases', items: [], most: MOST_ITEMS });
    },
  };
}
