import { type RestOperation, restJsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import { getEventSourceMapping } from './operations/get-event-source-mapping.ts';
import { invoke } from './operations/invoke.ts';
import { listEventSourceMappings } from './operations/list-event-source-mappings.ts';
import { getAccountSettings } from './operations/get-account-settings.ts';
import { getFunction } from './operations/get-function.ts';
import { putFunctionConcurrency } from './operations/put-function-concurrency.ts';
import { getFunctionConcurrency } from './operations/get-function-concurrency.ts';
import { getFunctionConfiguration } from './operations/get-function-configuration.ts';
import { getFunctionEventInvokeConfig } from './operations/get-function-event-invoke-config.ts';
import { getFunctionUrlConfig } from './operations/get-function-url-config.ts';
import { getPolicy } from './operations/get-policy.ts';
import { listAliases } from './operations/list-aliases.ts';
import { listFunctions } from './operations/list-functions.ts';
import { listFunctionUrlConfigs } from './operations/list-function-url-configs.ts';
import { listTags } from './operations/list-tags.ts';
import { listVersionsByFunction } from './operations/list-versions-by-function.ts';
import { updateEventSourceMapping } from './operations/update-event-source-mapping.ts';
import type { LambdaParts } from './parts.ts';

export function lambdaService(parts: LambdaParts): Service {
  return restJsonService({ name: 'lambda', operations: lambdaOperations(parts) });
}

/** Everything that can be asked of Lambda over the wire. */
function lambdaOperations(parts: LambdaParts): readonly RestOperation[] {
  return [
    getAccountSettings(parts),
    getEventSourceMapping(parts),
    getFunction(parts),
    invoke(parts),
    listEventSourceMappings(parts),
    putFunctionConcurrency(parts),
    getFunctionConcurrency(parts),
    getFunctionConfiguration(parts),
    getFunctionEventInvokeConfig(parts),
    getFunctionUrlConfig(parts),
    getPolicy(parts),
    listAliases(parts),
    listFunctions(parts),
    listFunctionUrlConfigs(parts),
    listTags(parts),
    listVersionsByFunction(parts),
    updateEventSourceMapping(parts),
  ];
}
