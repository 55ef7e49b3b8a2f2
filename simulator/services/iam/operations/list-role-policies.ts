import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { onRole, pageOf, required } from '../input.ts';
import type { IamParts } from '../parts.ts';

/** The names of the policies in a role. */
export function listRolePolicies(parts: IamParts): QueryOperation {
  return {
    name: 'ListRolePolicies',
    needs: (input) => onRole('ListRolePolicies', input, parts),
    answer(input) {
      const { arn, inline } = parts.roles.require(required(input, 'RoleName'));
      const { items, rest } = pageOf(Object.keys(inline), input, `policies in ${arn}`);
      return { PolicyNames: { member: items }, ...rest };
    },
  };
}
