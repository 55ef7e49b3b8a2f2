import type { RestOperation } from '../../gateway/protocols.ts';
import { invoke } from './operations/invoke.ts';
import type { LambdaParts } from './parts.ts';

/** Everything that can be asked of Lambda over the wire. */
export function lambdaOperations(parts: LambdaParts): readonly RestOperation[] {
  return [invoke(parts)];
}
