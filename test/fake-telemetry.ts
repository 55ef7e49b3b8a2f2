import type { Log } from '../src/log.ts';
import type { Meter } from '../src/metrics.ts';

/** Log and meter over arrays. */
export function fakeTelemetry() {
  const lines: string[] = [];
  const counted: string[] = [];
  const write = (message: string, fields?: unknown) => void lines.push(JSON.stringify({ message, fields }));
  const log: Log = { debug() {}, info: write, warn: write, error: write };
  const meter: Meter = {
    count: (what) => void counted.push(what),
    delivered() {},
    timeToDelivery() {},
    flush() {},
  };
  return { log, meter, lines, counted };
}
