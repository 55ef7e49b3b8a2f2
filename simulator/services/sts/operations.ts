import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getAccessKeyInfo } from './operations/get-access-key-info.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import type { StsParts } from './parts.ts';

/** Everything that can be asked of STS over the wire. */
export function stsOperations(parts: StsParts): readonly QueryOperation[] {
  return [assumeRole(parts), getAccessKeyInfo(parts), getCallerIdentity(parts)];
}
