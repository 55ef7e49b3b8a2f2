import { z } from 'zod';
import type { FlowDocument } from '../../flows/language/document.ts';
import { ALWAYS_OPEN, findHours, hoursOfQueue } from '../services/connect/routing/hours.ts';
import { findQueue, type HoursOfOperation, type World } from '../services/connect/world.ts';

const Named = z.looseObject({ HoursOfOperationId: z.string().optional(), QueueId: z.string().optional() });

/**
 * The time zone that times of a flow's calls are meant in: of the hours of operation that it checks, by their id or
 * by the queue that it sets; otherwise of the instance.
 */
export function flowTimeZone({ Actions: actions }: FlowDocument, world: World): string {
  const parameters = actions.map(({ Parameters }) => Named.safeParse(Parameters).data ?? {});
  const named = parameters.flatMap(({ HoursOfOperationId: id }) => hoursIn(id && findHours(world, id)));
  const queues = parameters.flatMap(({ QueueId: arn }) => {
    const queue = arn === undefined ? undefined : findQueue(world, arn);
    return hoursIn(queue && hoursOfQueue(world, queue));
  });
  return [...named, ...queues].find(({ id }) => id !== ALWAYS_OPEN.id)?.timeZone ?? instanceTimeZone(world);
}

/** An instance has no time zone of its own: that of its first hours of operation. */
export function instanceTimeZone({ hoursOfOperation: [first = ALWAYS_OPEN] = [] }: World): string {
  return first.timeZone;
}

function hoursIn(hours: HoursOfOperation | '' | undefined): readonly HoursOfOperation[] {
  return hours ? [hours] : [];
}
