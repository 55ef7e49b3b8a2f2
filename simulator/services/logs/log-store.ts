import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';

/** What is kept of a group at most, so that the simulator's memory does not grow with every line. */
const KEPT_EVENTS = 20_000;
const KEPT_BYTES = 8 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** What CloudWatch Logs adds to each event's size. Source: CloudWatch Logs API reference, PutLogEvents. */
const EVENT_BYTES = 26;

export interface LogGroup extends GroupSettings {
  readonly createdMs: number;
  /** By name. */
  readonly streams: ReadonlyMap<string, LogStream>;
  /** Of the streams that are there, in the order in which they came. */
  readonly events: readonly LogEvent[];
  readonly sizeBytes: number;
}

interface GroupSettings {
  readonly name: string;
  /** Absent: they are kept forever. */
  readonly retentionDays?: number | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  readonly keyArn?: string | undefined;
}

export interface LogStream {
  readonly name: string;
  readonly createdMs: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface LogEvent {
  /** Rises from event to event, also across streams. */
  readonly id: string;
  readonly stream: string;
  readonly atMs: number;
  readonly message: string;
}

export interface LogStore {
  /** One that is there keeps its events. */
  readonly putGroup: (settings: GroupSettings) => void;
  readonly removeGroup: (name: string) => void;
  /** Without what is older than its retention says. Undefined: there is none. */
  readonly group: (name: string) => LogGroup | undefined;
  readonly has: (group: string, stream?: string) => boolean;
  /** By name. */
  readonly groups: () => readonly LogGroup[];
  /** Makes the stream if it is new. A group that is not there takes nothing. */
  readonly write: (line: { group: string; stream: string; message: string; atMs: number }) => void;
}

interface KeptGroup {
  settings: GroupSettings;
  readonly createdMs: number;
  readonly streams: Map<string, { createdMs: number; firstMs: number; lastMs: number }>;
  events: LogEvent[];
  sizeBytes: number;
}

/** Log groups in memory: of each the last events. */
export function createLogStore(clock: Pick<Clock, 'now'>): LogStore {
  const kept = new Map<string, KeptGroup>();
  /** Ids of CloudWatch Logs have 56 digits; the first ones are the same for all of this run. */
  const run = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString()
    .padStart(20, '0');
  let written = 0;

  function settle(group: KeptGroup): void {
    const { retentionDays } = group.settings;
    const fromMs = retentionDays === undefined ? -Infinity : clock.now() - retentionDays * DAY_MS;
    let gone = 0;
    while (gone < group.events.length) {
      const isOver = group.events.length - gone > KEPT_EVENTS || group.sizeBytes > KEPT_BYTES;
      const event = group.events[gone];
      if (!event || (!isOver && event.atMs >= fromMs)) break;
      group.sizeBytes -= sizeOf(event);
      gone += 1;
    }
    if (gone > 0) group.events.splice(0, gone);
  }

  function shown(group: KeptGroup): LogGroup {
    settle(group);
    const { settings, createdMs, events, sizeBytes } = group;
    const streams = new Map([...group.streams].map(([name, stream]) => [name, { name, ...stream }]));
    return { ...settings, createdMs, streams, events, sizeBytes };
  }

  return {
    putGroup(settings) {
      const known = kept.get(settings.name);
      if (known) known.settings = settings;
      else {
        const createdMs = Math.floor(clock.now());
        kept.set(settings.name, { settings, createdMs, streams: new Map(), events: [], sizeBytes: 0 });
      }
    },
    removeGroup: (name) => void kept.delete(name),
    group(name) {
      const group = kept.get(name);
      return group && shown(group);
    },
    has(name, stream) {
      const group = kept.get(name);
      return group !== undefined && (stream === undefined || group.streams.has(stream));
    },
    groups: () => [...kept.values()].map(shown).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    write({ group: name, stream: streamName, message, ...line }) {
      const atMs = Math.floor(line.atMs);
      const group = kept.get(name);
      if (!group) return;
      const stream = group.streams.get(streamName) ?? {
        createdMs: Math.floor(clock.now()),
        firstMs: atMs,
        lastMs: atMs,
      };
      group.streams.set(streamName, stream);
      stream.lastMs = Math.max(stream.lastMs, atMs);
      written += 1;
      const event = { id: `3${run}${String(written).padStart(35, '0')}`, stream: streamName, atMs, message };
      group.events.push(event);
      group.sizeBytes += sizeOf(event);
      settle(group);
    },
  };
}

function sizeOf({ message }: LogEvent): number {
  return Buffer.byteLength(message) + EVENT_BYTES;
}
