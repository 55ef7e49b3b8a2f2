import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { onRole, pageOf, required } from '../input.ts';
import type { IamParts } from '../parts.ts';

/** The policies that a role has beside those in it. */
export function listAttachedRolePolicies(parts: IamParts): QueryOperation {
  return {
    name: 'ListAttachedRolePolicies',
    needs: (input) => onRole('ListAttachedRolePolicies', input, parts),
    answer(input) {
      const { arn, attached } = parts.roles.require(required(input, 'RoleName'));
      const prefix = input.get('PathPrefix') ?? '/';
      const found = attached.filter((one) => one.slice(one.indexOf('/')).startsWith(prefix));
      const { items, rest } = pageOf(found, input, `policies of ${arn} ${prefix}`);
      const member = items.map((PolicyArn) => ({
        PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
        PolicyArn,
      }));
      return { AttachedPolicies: { member }, ...rest };
    },
  };
}
