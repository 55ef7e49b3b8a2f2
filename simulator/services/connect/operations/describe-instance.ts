import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { permission } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { instancesOf } from '../instances.ts';

/** An instance of the account: the one that takes calls, or another one. */
export function describeInstance({ world }: ConnectParts): RestOperation {
  return {
    name: 'DescribeInstance',
    method: 'GET',
    path: '/instance/{InstanceId}',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('DescribeInstance', world, { instanceId }),
    ],
    answer({ params: { InstanceId: instanceId } }) {
      const found = instancesOf(world).find(({ Id }) => Id === instanceId);
      if (!found) throw new AwsError('ResourceNotFoundException', 404, 'Instance not found');
      return { Instance: found };
    },
  };
}
