import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';

/** Flows may not invoke the function any more. No error if they could not before. */
export function disassociateLambdaFunction({ world, functions }: ConnectParts): RestOperation {
  return {
    name: 'DisassociateLambdaFunction',
    method: 'DELETE',
    path: '/instance/{InstanceId}/lambda-function',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('DisassociateLambdaFunction', world, { instanceId }),
    ],
    answer({ params: { InstanceId: instanceId }, query }) {
      requireInstance(world, instanceId);
      const functionArn = query.get('functionArn');
      if (functionArn === null || functionArn === '') throw invalidParameter('functionArn is required.');
      functions.disassociate(functionArn);
    },
  };
}
