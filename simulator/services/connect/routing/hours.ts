import { DAYS, type Day, type HoursOfOperation, type QueuePlace, type World } from '../world.ts';

/** The hours of a queue if the world names none: always open. */
export const ALWAYS_OPEN: HoursOfOperation = {
  id: '40404040-0000-4000-8000-000000000001',
  name: 'Basic Hours',
  timeZone: 'UTC',
  week: DAYS.map((day) => ({ day, from: '00:00', to: '00:00' })),
};

/**
 * Whether it is open at a time, epoch milliseconds. Local time decides: an hour that summer time skips does
 * not exist, one that it repeats counts twice.
 */
export function isOpen({ timeZone, week }: HoursOfOperation, atMs: number): boolean {
  const { day, time } = wallClock(timeZone, atMs);
  const yesterday = DAYS[(DAYS.indexOf(day) + 6) % 7];
  return week.some(({ day: opens, from, to }) => {
    const isOvernight = to <= from;
    if (opens === day && time >= from && (isOvernight || time < to)) return true;
    return isOvernight && opens === yesterday && time < to;
  });
}

/** By id or ARN. */
export function findHours(world: World, idOrArn: string): HoursOfOperation | undefined {
  const id = idOrArn.slice(idOrArn.lastIndexOf('/') + 1);
  return [...(world.hoursOfOperation ?? []), ALWAYS_OPEN].find((hours) => hours.id === id);
}

/** An agent's personal queue has no hours. */
export function hoursOfQueue(world: World, { id, agent }: QueuePlace): HoursOfOperation | undefined {
  if (agent) return undefined;
  const queue = world.queues.find((one) => one.id === id);
  return queue && findHours(world, queue.hoursOfOperationId ?? ALWAYS_OPEN.id);
}

function wallClock(timeZone: string, atMs: number): { day: Day; time: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = DAYS.find((one) => one === part('weekday').toUpperCase());
  if (!day) throw new Error(`no day of the week at ${atMs} in ${timeZone}`);
  return { day, time: `${part('hour')}:${part('minute')}` };
}
