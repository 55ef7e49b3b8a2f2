import { z } from 'zod';
import { isJsonObject, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance, resourceNotFound } from '../input.ts';
import { connectPage } from '../page.ts';
import type { ConnectParts } from '../parts.ts';
import type { QueueMetrics } from '../routing/routing.ts';
import { parsed } from '../search/criteria.ts';
import { arnIn, type Channel, findQueue, type QueuePlace, type World } from '../world.ts';

const Channels = z.enum(['VOICE', 'CHAT', 'TASK']);

/** Other filters, groupings and metrics are not simulated. */
const Asked = z.looseObject({
  Filters: z.strictObject({
    Queues: z.array(z.string()).min(1).max(100),
    Channels: z.array(Channels).max(4).optional(),
  }),
  Groupings: z
    .array(z.enum(['QUEUE', 'CHANNEL']))
    .max(2)
    .default([]),
  CurrentMetrics: z
    .array(
      z.strictObject({
        Name: z.enum([
          'AGENTS_ONLINE',
          'AGENTS_AVAILABLE',
          'AGENTS_STAFFED',
          'CONTACTS_IN_QUEUE',
          'OLDEST_CONTACT_AGE',
        ]),
        Unit: z.enum(['COUNT', 'SECONDS']).optional(),
      }),
    )
    .min(1),
});

type MetricName = z.infer<typeof Asked>['CurrentMetrics'][number]['Name'];

/** What one line of the answer is about. */
interface Group {
  readonly queues: readonly QueuePlace[];
  readonly queue?: QueuePlace;
  readonly channel?: Channel;
}

/**
 * Agents and contacts of queues as they are now, of all the queues asked for together, or by queue and channel. Several
 * channels are simulated with that grouping only.
 *
 * The age of the oldest contact is in seconds with a grouping, and in milliseconds without one, though it says
 * SECONDS. Source: API reference, GetCurrentMetricData, OLDEST_CONTACT_AGE.
 */
export function getCurrentMetricData({ clock, routing, world }: ConnectParts): RestOperation {
  const name = 'GetCurrentMetricData';
  return {
    name,
    method: 'POST',
    path: '/metrics/current/{InstanceId}',
    needs: ({ params: { InstanceId: instanceId }, input: { Filters: filters } }) => {
      const queues = isJsonObject(filters) && Array.isArray(filters['Queues']) ? filters['Queues'] : ['*'];
      return queues.map((queue) =>
        permission(name, world, { instanceId, resource: `queue/${idOf(String(queue))}` }),
      );
    },
    answer({ params: { InstanceId: instanceId }, input }) {
      requireInstance(world, instanceId);
      const { Filters, Groupings, CurrentMetrics } = parsed(Asked, input);
      const queues = Filters.Queues.map((queue) => requireQueue(world, queue));
      const groups = groupsOf(queues, { groupings: Groupings, channels: Filters.Channels ?? [] });
      const asked = { nextToken: input['NextToken'], maxResults: input['MaxResults'] };
      const { items, ...rest } = connectPage(groups, { of: name, most: 100, asked });
      const isGrouped = Groupings.length > 0;
      return {
        MetricResults: items.map((group) => {
          const metrics = routing.metricsOver(group.queues, group.channel);
          return {
            ...(isGrouped && { Dimensions: dimensionsOf(group) }),
            Collections: CurrentMetrics.map(({ Name }) => collected(Name, metrics, isGrouped)),
          };
        }),
        DataSnapshotTime: clock.now() / 1000,
        ApproximateTotalCount: groups.length,
        ...rest,
      };
    },
  };
}

function groupsOf(
  queues: readonly QueuePlace[],
  { groupings, channels }: { groupings: readonly string[]; channels: readonly Channel[] },
): readonly Group[] {
  const byQueue: readonly Group[] = groupings.includes('QUEUE')
    ? queues.map((queue) => ({ queues: [queue], queue }))
    : [{ queues }];
  const asked = channels.length > 0 ? channels : Channels.options;
  if (groupings.includes('CHANNEL')) {
    return byQueue.flatMap((group) => asked.map((channel) => ({ ...group, channel })));
  }
  const [only, ...more] = channels;
  if (more.length > 0)
    throw invalidParameter('Not simulated: several channels without the grouping CHANNEL.');
  return byQueue.map((group) => ({ ...group, ...(only && { channel: only }) }));
}

function dimensionsOf({ queue, channel }: Group): JsonObject {
  return { ...(queue && { Queue: { Id: queue.id, Arn: queue.arn } }), ...(channel && { Channel: channel }) };
}

function collected(Name: MetricName, metrics: QueueMetrics, isGrouped: boolean): JsonObject {
  const isAge = Name === 'OLDEST_CONTACT_AGE';
  const { oldestContactAgeMs: ageMs } = metrics;
  const values = {
    AGENTS_ONLINE: metrics.agentsOnline,
    AGENTS_AVAILABLE: metrics.agentsAvailable,
    AGENTS_STAFFED: metrics.agentsStaffed,
    CONTACTS_IN_QUEUE: metrics.contactsInQueue,
    OLDEST_CONTACT_AGE: Math.floor(isGrouped ? ageMs / 1000 : ageMs),
  };
  return { Metric: { Name, Unit: isAge ? 'SECONDS' : 'COUNT' }, Value: values[Name] };
}

function requireQueue(world: World, queue: string): QueuePlace {
  const found = findQueue(world, queue.startsWith('arn:') ? queue : arnIn(world, 'queue', queue));
  if (!found) throw resourceNotFound(`Queue not found: ${queue}`);
  return found;
}

function idOf(idOrArn: string): string {
  return idOrArn.replace(/^.*:instance\/[^/]+\/queue\//, '');
}
