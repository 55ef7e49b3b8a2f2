import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { createPolicy } from './operations/create-policy.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getRole } from './operations/get-role.ts';
import { getRolePolicy } from './operations/get-role-policy.ts';
import { listAttachedRolePolicies } from './operations/list-attached-role-policies.ts';
import { listRolePolicies } from './operations/list-role-policies.ts';
import { listRoles } from './operations/list-roles.ts';
import { simulateCustomPolicy } from './operations/simulate-custom-policy.ts';
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy.ts';
import type { IamParts } from './parts.ts';

/** Everything that can be asked of IAM over the wire. */
export function iamOperations(parts: IamParts): readonly QueryOperation[] {
  return [
    createPolicy(parts),
    getPolicy(parts),
    getPolicyVersion(parts),
    getRole(parts),
    getRolePolicy(parts),
    listAttachedRolePolicies(parts),
    listRolePolicies(parts),
    listRoles(parts),
    simulateCustomPolicy(),
    simulatePrincipalPolicy(parts),
  ];
}
