import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeKey } from './operations/describe-key.ts';
import { getKeyPolicy } from './operations/get-key-policy.ts';
import { listAliases } from './operations/list-aliases.ts';
import { listKeys } from './operations/list-keys.ts';
import type { KmsParts } from './parts.ts';

/** Everything that can be asked of KMS over the wire. */
export function kmsOperations(parts: KmsParts): readonly JsonOperation[] {
  return [describeKey(parts), getKeyPolicy(parts), listAliases(parts), listKeys(parts)];
}
