import type { Simulator } from '../../simulator/simulator.ts';

/** Seconds from each hang-up to the task, in the simulator's time: median, 95th percentile, most. */
export function waits(simulator: Simulator, contactIds: readonly string[]): string {
  const seconds = delivered(simulator, contactIds).map(({ taskAtMs, hungUpAtMs }) => taskAtMs - hungUpAtMs);
  return `${spread(seconds.map((ms) => ms / 1000))} s (${seconds.length} tasks)`;
}

/** For each voicemail: how many whose callers hung up later had their task sooner. */
export function overtakers(simulator: Simulator, contactIds: readonly string[]): readonly number[] {
  const all = delivered(simulator, contactIds);
  return all.map(
    (one) =>
      all.filter(({ hungUpAtMs, taskAtMs }) => hungUpAtMs > one.hungUpAtMs && taskAtMs < one.taskAtMs).length,
  );
}

export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(2));
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}`;
}

function delivered({ connect }: Simulator, contactIds: readonly string[]) {
  const tasks = new Map(connect.tasks().map((task) => [task.relatedContactId, task.createdAtMs]));
  return contactIds.flatMap((contactId) => {
    const [taskAtMs, hungUpAtMs] = [tasks.get(contactId), connect.contact(contactId).endedAtMs];
    return taskAtMs === undefined || hungUpAtMs === undefined ? [] : [{ taskAtMs, hungUpAtMs }];
  });
}
