import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { queueOf } from '../queue-description.ts';

/** A queue with its tags. An agent's personal queue is not found: it is not one of these. */
export function describeQueue({ world }: ConnectParts): RestOperation {
  return {
    name: 'DescribeQueue',
    method: 'GET',
    path: '/queues/{InstanceId}/{QueueId}',
    needs: ({ params: { InstanceId: instanceId, QueueId: queueId } }) => [
      permission('DescribeQueue', world, { instanceId, resource: `queue/${queueId}` }),
    ],
    answer({ params: { InstanceId: instanceId, QueueId: queueId } }) {
      requireInstance(world, instanceId);
      const queue = world.queues.find(({ id }) => id === queueId);
      if (!queue) throw resourceNotFound(`Queue not found: ${queueId}`);
      return { Queue: queueOf(queue, world) };
    },
  };
}
