import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter } from '../input.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';
import { agentQueueArn, arnIn, instanceParts, type World } from '../world.ts';

const QUEUE_TYPES = ['STANDARD', 'AGENT'];

/** The instance's queues, agents' personal ones included. Those have no name. */
export function listQueues({ world }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListQueues',
    path: '/queues-summary/{InstanceId}',
    resource: 'queue/*',
    most: 1000,
    member: 'QueueSummaryList',
    items(query) {
      const types = query.getAll('queueTypes');
      if (types.some((type) => !QUEUE_TYPES.includes(type))) {
        throw invalidParameter(`queueTypes must be of ${QUEUE_TYPES.join(', ')}.`);
      }
      return summariesOf(world).filter(({ QueueType: type }) => types.length === 0 || types.includes(type));
    },
  });
}

function summariesOf(world: World): (JsonObject & { QueueType: string })[] {
  const modified = {
    LastModifiedTime: LAST_MODIFIED_MS / 1000,
    LastModifiedRegion: instanceParts(world).region,
  };
  return [
    ...world.queues.map(({ id, name }) => {
      const arn = arnIn(world, 'queue', id);
      return { Id: id, Arn: arn, Name: name, QueueType: 'STANDARD', ...modified };
    }),
    ...world.users.map(({ id }) => ({
      Id: id,
      Arn: agentQueueArn(world, id),
      QueueType: 'AGENT',
      ...modified,
    })),
  ];
}
