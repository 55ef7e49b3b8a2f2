import type { Clock } from '../../clock.ts';
import type { AlarmState, Happenings } from '../../happenings.ts';
import { type AlarmSettings, type AlarmTexts, type CompositeSettings, stateOf } from './alarm.ts';
import { type AlarmChange, createAlarmHistory } from './alarm-history.ts';
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
  /** An alarm of either kind comes into a state, until it is evaluated again. Undefined: there is no such alarm. */
  readonly setState: (name: string, state: AlarmState, reason: string) => AlarmState | undefined;
  /** Whether alarms of either kind tell anybody; names of none are passed over. */
  readonly enableActions: (names: readonly string[], enabled: boolean) => void;
  /** What happened to alarms, the newest last. */
  readonly history: () => readonly AlarmChange[];
  /** Looks at all of them. `nowMs` is the end of a minute. */
  readonly look: (nowMs: number) => void;
}

/** An alarm, what it says, and since when. */
export interface InState<Settings> {
  readonly settings: Settings;
  readonly state: AlarmState;
  readonly sinceMs: number;
  /** Why it is in that state. */
  readonly reason: string;
  readonly actionsEnabled: boolean;
}

type Kept<Settings> = { readonly settings: Settings } & {
  -readonly [Name in Exclude<keyof InState<Settings>, 'settings'>]: InState<Settings>[Name];
};

/** Source: what AWS writes of an alarm that is new. */
const NEW_ALARM = 'Unchecked: Initial alarm creation';

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

  const named = (name: string): Kept<AlarmTexts> | undefined =>
    alarms.get(name) ?? composites.find(({ settings }) => settings.name === name);
  const typeOf = (name: string) => (alarms.has(name) ? 'MetricAlarm' : 'CompositeAlarm');
  const { move, configured, changes } = createMoves({ clock, happenings, typeOf });

  return {
    /** An alarm that was there keeps its state, as PutMetricAlarm leaves it. */
    add(settings) {
      const looksFromMs =
        settings.treatMissingData === 'breaching' ? clock.now() + longestPeriodMs(settings) : 0;
      const before = alarms.get(settings.name);
      alarms.set(settings.name, {
        ...newAlarm(settings, clock.now()),
        looksFromMs,
        ...(before && stateIn(before)),
      });
      configured(settings.name, !before);
    },
    addComposite(settings) {
      const before = composites.find((one) => one.settings.name === settings.name);
      composites = composites.filter((one) => one !== before);
      composites.push({ ...newAlarm(settings, clock.now()), ...(before && stateIn(before)) });
      configured(settings.name, !before);
    },
    remove(name) {
      alarms.delete(name);
      composites = composites.filter(({ settings }) => settings.name !== name);
    },
    alarms: () => alarms,
    composites: () => composites,
    look(nowMs) {
      for (const alarm of alarms.values()) {
        if (nowMs < alarm.looksFromMs) continue;
        const state = stateOf(alarm.settings, store, nowMs);
        move(alarm, state, REASONS[state](alarm.settings));
      }
      for (const composite of composites) {
        const isOn = composite.settings.rule((name) => named(name)?.state);
        move(composite, isOn ? 'ALARM' : 'OK', `The rule ${composite.settings.ruleText} is ${isOn}`);
      }
    },
    setState(name, state, reason) {
      const alarm = named(name);
      const before = alarm?.state;
      if (alarm) move(alarm, state, reason);
      return before;
    },
    enableActions(names, enabled) {
      for (const alarm of names.flatMap((name) => named(name) ?? [])) {
        if (alarm.actionsEnabled === enabled) continue;
        alarm.actionsEnabled = enabled;
        configured(alarm.settings.name, false);
      }
    },
    history: changes,
  };
}

/** What is done to one alarm, with its history. */
function createMoves({
  clock,
  happenings,
  typeOf,
}: {
  clock: Pick<Clock, 'now'>;
  happenings: Pick<Happenings, 'tell'>;
  typeOf: (name: string) => AlarmChange['type'];
}) {
  const history = createAlarmHistory();
  return {
    move: (alarm: Kept<AlarmTexts>, state: AlarmState, reason: string): void => {
      if (state === alarm.state) return;
      const { state: before, reason: oldReason } = alarm;
      const { name } = alarm.settings;
      const atMs = clock.now();
      Object.assign(alarm, { state, reason, sinceMs: atMs });
      history.stateChanged({ name, type: typeOf(name), atMs, state, reason, before, oldReason });
      happenings.tell({ kind: 'alarm', atMs, name, state, before });
    },
    configured: (name: string, isNew: boolean) =>
      history.configured({ name, type: typeOf(name), atMs: clock.now(), isNew }),
    changes: history.changes,
  };
}

function newAlarm<Settings extends AlarmTexts>(settings: Settings, sinceMs: number): Kept<Settings> {
  const { actionsEnabled = true } = settings;
  return { settings, state: 'INSUFFICIENT_DATA', sinceMs, reason: NEW_ALARM, actionsEnabled };
}

/** Why a metric alarm is in a state. */
const REASONS: Readonly<Record<AlarmState, (settings: AlarmSettings) => string>> = {
  ALARM: (settings) => `Threshold Crossed: ${settings.datapointsToAlarm} ${ofPeriods(settings)}`,
  OK: ({ datapointsToAlarm, ...settings }) =>
    `Threshold Crossed: fewer than ${datapointsToAlarm} ${ofPeriods(settings)}`,
  INSUFFICIENT_DATA: () => 'Insufficient Data: no datapoints were received',
};

function ofPeriods({
  evaluationPeriods,
  comparison,
  threshold,
}: Pick<AlarmSettings, 'evaluationPeriods' | 'comparison' | 'threshold'>): string {
  return `out of the last ${evaluationPeriods} datapoints were ${comparison} (${threshold})`;
}

function longestPeriodMs({ metrics }: AlarmSettings): number {
  return Math.max(...metrics.map(({ periodSeconds }) => periodSeconds * 1000));
}

function stateIn({ state, sinceMs, reason }: Pick<InState<unknown>, 'state' | 'sinceMs' | 'reason'>) {
  return { state, sinceMs, reason };
}
