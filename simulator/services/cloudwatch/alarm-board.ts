import type { Clock } from '../../clock.ts';
import type { AlarmState, Happenings } from '../../happenings.ts';
import { type AlarmSettings, type AlarmTexts, type CompositeSettings, stateOf } from './alarm.ts';
import type { MetricStore } from './metric-store.ts';

/** The alarms of the account. */
export interface AlarmBoard {
  readonly add: (alarm: AlarmSettings) => void;
  readonly addComposite: (alarm: CompositeSettings) => void;
  /** An alarm of either kind. */
  readonly remove: (name: string) => void;
  /** Metric alarms by name. */
  readonly alarms: () => ReadonlyMap<string, InState<AlarmSettings>>;
  readonly composites: () => readonly InState<CompositeSettings>[];
  /** Looks at all of them. `nowMs` is the end of a minute. */
  readonly look: (nowMs: number) => void;
}

/** An alarm, what it says, and since when. */
export interface InState<Settings> {
  readonly settings: Settings;
  readonly state: AlarmState;
  readonly sinceMs: number;
}

type Kept<Settings> = { readonly settings: Settings } & { state: AlarmState; sinceMs: number };

/** Each change of a state is a happening. */
export function createAlarmBoard({
  clock,
  happenings,
  store,
}: {
  clock: Pick<Clock, 'now'>;
  happenings: Pick<Happenings, 'tell'>;
  store: MetricStore;
}): AlarmBoard {
  const alarms = new Map<string, Kept<AlarmSettings> & { readonly looksFromMs: number }>();
  let composites: Kept<CompositeSettings>[] = [];

  function stateNamed(name: string): AlarmState | undefined {
    return (alarms.get(name) ?? composites.find(({ settings }) => settings.name === name))?.state;
  }

  function move(alarm: Kept<AlarmTexts>, state: AlarmState): void {
    if (state === alarm.state) return;
    const before = alarm.state;
    alarm.state = state;
    alarm.sinceMs = clock.now();
    happenings.tell({ kind: 'alarm', atMs: alarm.sinceMs, name: alarm.settings.name, state, before });
  }

  function unknown<Settings>(settings: Settings): Kept<Settings> {
    return { settings, state: 'INSUFFICIENT_DATA', sinceMs: clock.now() };
  }

  return {
    /** An alarm that was there keeps its state, as PutMetricAlarm leaves it. */
    add(settings) {
      const looksFromMs =
        settings.treatMissingData === 'breaching' ? clock.now() + longestPeriodMs(settings) : 0;
      const before = alarms.get(settings.name);
      alarms.set(settings.name, { ...unknown(settings), looksFromMs, ...(before && stateIn(before)) });
    },
    addComposite(settings) {
      const before = composites.find((one) => one.settings.name === settings.name);
      composites = composites.filter((one) => one !== before);
      composites.push({ ...unknown(settings), ...(before && stateIn(before)) });
    },
    remove(name) {
      alarms.delete(name);
      composites = composites.filter(({ settings }) => settings.name !== name);
    },
    alarms: () => alarms,
    composites: () => composites,
    look(nowMs) {
      for (const alarm of alarms.values()) {
        if (nowMs >= alarm.looksFromMs) move(alarm, stateOf(alarm.settings, store, nowMs));
      }
      for (const composite of composites) {
        move(composite, composite.settings.rule(stateNamed) ? 'ALARM' : 'OK');
      }
    },
  };
}

function longestPeriodMs({ metrics }: AlarmSettings): number {
  return Math.max(...metrics.map(({ periodSeconds }) => periodSeconds * 1000));
}

function stateIn({ state, sinceMs }: Pick<InState<unknown>, 'state' | 'sinceMs'>) {
  return { state, sinceMs };
}
