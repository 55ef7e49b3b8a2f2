import { z } from 'zod';
import { agentQueueArn, arnIn, findQueue, type QueuePlace } from '../world.ts';
import type { ActionCall } from './action-kind.ts';
import { currentQueue } from './contact-data.ts';

/** A queue, or an agent's own: an id or an ARN, or one path that leads to it. */
export const QUEUE_SHAPE = { QueueId: z.string().optional(), AgentId: z.string().optional() };

const QueueParameters = z.object(QUEUE_SHAPE);

/** The queue that the parameters name. Undefined: they name none, or an unknown one. */
export function namedQueue(
  { QueueId, AgentId }: z.infer<typeof QueueParameters>,
  { paths, parts: { world } }: ActionCall,
): QueuePlace | undefined {
  const named = paths.single(QueueId ?? AgentId ?? '');
  if (!named) return undefined;
  if (QueueId === undefined) return findQueue(world, agentQueueArn(world, named.replace(/^.*\//, '')));
  return findQueue(world, named.startsWith('arn:') ? named : arnIn(world, 'queue', named));
}

/** The same; the contact's own queue if the parameters name none. */
export function queueAsked(
  parameters: z.infer<typeof QueueParameters>,
  call: ActionCall,
): QueuePlace | undefined {
  const isNamed = parameters.QueueId !== undefined || parameters.AgentId !== undefined;
  return isNamed ? namedQueue(parameters, call) : currentQueue(call.contact);
}
