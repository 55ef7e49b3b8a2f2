import type { RestOperation } from '../../gateway/protocols.ts';
import { getEventSourceMapping } from './operations/get-event-source-mapping.ts';
import { invoke } from './operations/invoke.ts';
import { listEventSourceMappings } from './operations/list-event-source-mappings.ts';
import type { LambdaParts } from './parts.ts';

/** Everything that can be asked of Lambda over the wire. */
export function lambdaOperations(parts: LambdaParts): readonly RestOperation[] {
  return [getEventSourceMapping(parts), invoke(parts), listEventSourceMappings(parts)];
}
