import type { JsonOperation } from '../../gateway/protocols.ts';
import { getParameter } from './operations/get-parameter.ts';
import type { SsmParts } from './parts.ts';

/** Everything that can be asked of Systems Manager over the wire. */
export function ssmOperations(parts: SsmParts): readonly JsonOperation[] {
  return [getParameter(parts)];
}
