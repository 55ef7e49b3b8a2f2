import type { RestOperation } from '../../../gateway/protocols.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';

/** The ARNs of the functions that flows may invoke. */
export function listLambdaFunctions({ world, functions }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListLambdaFunctions',
    path: '/instance/{InstanceId}/lambda-functions',
    most: 25,
    member: 'LambdaFunctions',
    items: functions.associated,
  });
}
