import type { RestOperation } from '../../../gateway/protocols.ts';
import { urlConfiguration } from '../url-configuration.ts';
import { listed, onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** Source: Lambda API reference, ListFunctionUrlConfigs. */
const MOST_ITEMS = 50;

/** ListFunctionUrlConfigs: a function without aliases has at most one. */
export function listFunctionUrlConfigs(parts: LambdaParts): RestOperation {
  return {
    name: 'ListFunctionUrlConfigs',
    method: 'GET',
    path: '/2021-10-31/functions/{FunctionName}/urls',
    needs: onFunction('ListFunctionUrlConfigs', parts),
    answer({ params, query }) {
      const { arn } = requireDescribable(params, parts);
      const url = parts.urls.find(arn);
      const items = url ? [urlConfiguration(url)] : [];
      return listed(query, { name: 'FunctionUrlConfigs', items, most: MOST_ITEMS });
    },
  };
}
