import type { RestOperation } from '../../../gateway/protocols.ts';
import { listed } from '../input.ts';
import { mappingConfiguration } from '../mapping-configuration.ts';
import type { LambdaParts } from '../parts.ts';

/** However many are asked for. Source: Lambda API reference, ListEventSourceMappings. */
const MOST_ITEMS = 100;

/** All mappings, or those from one source, to one function, or both. */
export function listEventSourceMappings({ mappings, account }: LambdaParts): RestOperation {
  return {
    name: 'ListEventSourceMappings',
    method: 'GET',
    path: '/2015-03-31/event-source-mappings',
    needs: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
    answer({ query }) {
      const source = query.get('EventSourceArn');
      const name = query.get('FunctionName');
      const found = mappings
        .all()
        .filter(
          ({ eventSourceArn, functionArn }) =>
            (source === null || source === eventSourceArn) &&
            (name === null || name === functionArn || functionArn.endsWith(`:function:${name}`)),
        );
      const items = found.map((one) => mappingConfiguration(one, account));
      return listed(query, { name: 'EventSourceMappings', items, most: MOST_ITEMS });
    },
  };
}
