import type { RestOperation } from '../../../gateway/protocols.ts';
import { functionConfiguration } from '../configuration.ts';
import { listed } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** Source: Lambda API reference, ListFunctions. */
const MOST_ITEMS = 50;

/** ListFunctions: all of the Region, by name. */
export function listFunctions(parts: LambdaParts): RestOperation {
  return {
    name: 'ListFunctions',
    method: 'GET',
    path: '/2015-03-31/functions',
    needs: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    answer: ({ query }) =>
      listed(query, {
        name: 'Functions',
        items: parts
          .describable()
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .map(functionConfiguration),
        most: MOST_ITEMS,
      }),
  };
}
