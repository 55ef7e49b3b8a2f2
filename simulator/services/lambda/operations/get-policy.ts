import type { RestOperation } from '../../../gateway/protocols.ts';
import { uuidOf } from '../../../template/physical-name.ts';
import { notFound, onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** GetPolicy: who else than this account may invoke the function. Without a statement there is no policy. */
export function getPolicy(parts: LambdaParts): RestOperation {
  return {
    name: 'GetPolicy',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/policy',
    needs: onFunction('GetPolicy', parts),
    answer({ params }) {
      const { arn } = requireDescribable(params, parts);
      const statements = parts.policies.statements(arn);
      if (statements.length === 0) throw notFound('The resource you requested does not exist.');
      const policy = { Version: '2012-10-17', Id: 'default', Statement: statements };
      return { Policy: JSON.stringify(policy), RevisionId: uuidOf(JSON.stringify(policy)) };
    },
  };
}
