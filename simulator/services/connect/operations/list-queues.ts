import type { ConnectParts } from '../parts.ts';
import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import { agentQueueArn, arnIn, instanceParts, type World } from '../world.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';

const MOST_RESULTS = 1000;
const QUEUE_TYPES = ['STANDARD', 'AGENT'];

/** The instance's queues, agents' personal ones included. Those have no name. */
export function listQueues({ world }: ConnectParts): RestOperation {
  return {
    name: 'ListQueues',
    method: 'GET',
    path: '/queues-summary/{InstanceId}',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('ListQueues', world, { instanceId, resource: 'queue/*' }),
    ],
    answer({ params: { InstanceId: instanceId }, query }) {
      requireInstance(world, instanceId);
      const types = query.getAll('queueTypes');
      if (types.some((type) => !QUEUE_TYPES.includes(type))) {
        throw invalidParameter(`queueTypes must be of ${QUEUE_TYPES.join(', ')}.`);
      }
      const summaries = summariesOf(world).filter(
        ({ QueueType: type }) => types.length === 0 || types.includes(type),
      );
      const start = wholeNumber(query.get('nextToken'), { name: 'nextToken', min: 1, max: summaries.length });
      const most = wholeNumber(query.get('maxResults'), { name: 'maxResults', min: 1, max: MOST_RESULTS });
      const end = (start ?? 0) + (most ?? MOST_RESULTS);
      return {
        QueueSummaryList: summaries.slice(start ?? 0, end),
        ...(end < summaries.length && { NextToken: String(end) }),
      };
    },
  };
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

function wholeNumber(
  text: string | null,
  { name, min, max }: { name: string; min: number; max: number },
): number | undefined {
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) throw invalidParameter(`${name} is not valid.`);
  return value;
}
