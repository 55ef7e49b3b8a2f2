import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidRequest } from '../input.ts';
import { instancesOf } from '../instances.ts';
import type { ConnectParts } from '../parts.ts';

const MOST_RESULTS = 10;

/** All instances of the account in this Region, the one that takes calls first. */
export function listInstances({ world }: ConnectParts): RestOperation {
  return {
    name: 'ListInstances',
    method: 'GET',
    path: '/instance',
    needs: () => [{ action: 'connect:ListInstances', resource: '*' }],
    answer({ query }) {
      const instances = instancesOf(world);
      const most = Number(query.get('maxResults') ?? MOST_RESULTS);
      const start = Number(query.get('nextToken') ?? 0);
      if (!Number.isInteger(most) || most < 1 || most > MOST_RESULTS) {
        throw invalidRequest(`maxResults must be 1 to ${MOST_RESULTS}.`);
      }
      if (!Number.isInteger(start) || start < 0 || start >= instances.length) {
        throw invalidRequest('nextToken is not valid.');
      }
      const end = start + most;
      return {
        InstanceSummaryList: instances
          .slice(start, end)
          .map(({ StatusReason: _reason, ...summary }) => summary),
        ...(end < instances.length && { NextToken: String(end) }),
      };
    },
  };
}
