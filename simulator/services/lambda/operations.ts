import type { RestOperation } from '../../gateway/protocols.ts';
import { getEventSourceMapping } from './operations/get-event-source-mapping.ts';
import { invoke } from './operations/invoke.ts';
import { listEventSourceMappings } from './operations/list-event-source-mappings.ts';
import { getAccountSettings } from './operations/get-account-settings.ts';
import { getFunction } from './operations/get-function.ts';
import { putFunctionConcurrency } from './operations/put-function-concurrency.ts';
import type { LambdaParts } from './parts.ts';

/** Everything that can be asked of Lambda over the wire. */
export function lambdaOperations(parts: LambdaParts): readonly RestOperation[] {
  return [
    getAccountSettings(parts),
    getEventSourceMapping(parts),
    getFunction(parts),
    invoke(parts),
    listEventSourceMappings(parts),
    putFunctionConcurrency(parts),
  ];
}
