import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { getRole } from './operations/get-role.ts';
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy.ts';
import type { IamParts } from './parts.ts';

/** Everything that can be asked of IAM over the wire. */
export function iamOperations(parts: IamParts): readonly QueryOperation[] {
  return [getRole(parts), simulatePrincipalPolicy(parts)];
}
