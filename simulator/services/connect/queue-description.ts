import { LAST_MODIFIED_MS } from './instance-defaults.ts';
import { ALWAYS_OPEN } from './routing/hours.ts';
import { arnIn, instanceParts, type World } from './world.ts';

/** A queue as the API describes it. */
export function queueOf(queue: World['queues'][number], world: World) {
  return {
    Name: queue.name,
    QueueArn: arnIn(world, 'queue', queue.id),
    QueueId: queue.id,
    OutboundCallerConfig: {},
    HoursOfOperationId: queue.hoursOfOperationId ?? ALWAYS_OPEN.id,
    MaxContacts: queue.maxContacts,
    Status: queue.status ?? 'ENABLED',
    Tags: queue.tags ?? {},
    LastModifiedTime: LAST_MODIFIED_MS / 1000,
    LastModifiedRegion: instanceParts(world).region,
  };
}
