import type { Simulator } from '../../simulator/simulator.ts';
import { arrivals } from '../faults/count-deliveries.ts';

/** Seconds from each hang-up to the task or mail, in the simulator's time: median, 95th percentile, most. */
export function waits(simulator: Simulator, contactIds: readonly string[]): string {
  const seconds = delivered(simulator, contactIds).map(({ atMs, hungUpAtMs }) => atMs - hungUpAtMs);
  return `${spread(seconds.map((ms) => ms / 1000))} s (${seconds.length} deliveries)`;
}

/** For each voicemail: how many with a later hang-up were delivered earlier. */
export function overtakers(simulator: Simulator, contactIds: readonly string[]): readonly number[] {
  const all = delivered(simulator, contactIds);
  return all.map(
    (one) => all.filter(({ hungUpAtMs, atMs }) => hungUpAtMs > one.hungUpAtMs && atMs < one.atMs).length,
  );
}

export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(2));
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}`;
}

function delivered(simulator: Simulator, contactIds: readonly string[]) {
  const arrivedAtMs = new Map(arrivals(simulator).map(({ contactId, atMs }) => [contactId, atMs]));
  return contactIds.flatMap((contactId) => {
    const [atMs, hungUpAtMs] = [arrivedAtMs.get(contactId), simulator.connect.contact(contactId).endedAtMs];
    return atMs === undefined || hungUpAtMs === undefined ? [] : [{ atMs, hungUpAtMs }];
  });
}
