import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { ALWAYS_OPEN } from '../routing/hours.ts';
import { arnIn, instanceParts } from '../world.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';

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
      return {
        Queue: {
          Name: queue.name,
          QueueArn: arnIn(world, 'queue', queue.id),
          QueueId: queue.id,
          Description: '',
          OutboundCallerConfig: {},
          HoursOfOperationId: queue.hoursOfOperationId ?? ALWAYS_OPEN.id,
          MaxContacts: queue.maxContacts,
          Status: 'ENABLED',
          Tags: queue.tags ?? {},
          LastModifiedTime: LAST_MODIFIED_MS / 1000,
          LastModifiedRegion: instanceParts(world).region,
        },
      };
    },
  };
}
