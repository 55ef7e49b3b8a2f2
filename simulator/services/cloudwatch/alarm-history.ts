import type { AlarmState } from '../../happenings.ts';

type AlarmType = 'MetricAlarm' | 'CompositeAlarm';

/** One entry in the history of an alarm. */
export interface AlarmChange {
  readonly name: string;
  readonly type: AlarmType;
  readonly atMs: number;
  readonly item: 'StateUpdate' | 'ConfigurationUpdate';
  readonly summary: string;
  /** JSON. */
  readonly data: string;
}

type Told = Pick<AlarmChange, 'name' | 'type' | 'atMs'>;

interface AlarmHistory {
  readonly configured: (told: Told & { readonly isNew: boolean }) => void;
  readonly stateChanged: (
    told: Told & {
      readonly state: AlarmState;
      readonly reason: string;
      readonly before: AlarmState;
      readonly oldReason: string;
    },
  ) => void;
  /** The newest last. */
  readonly changes: () => readonly AlarmChange[];
}

/** AWS keeps 30 days; here the last entries of all alarms are kept. */
const KEPT = 5_000;

/** What happened to the alarms of an account. Source: CloudWatch API reference, AlarmHistoryItem. */
export function createAlarmHistory(): AlarmHistory {
  const kept: AlarmChange[] = [];

  function keep(change: AlarmChange): void {
    kept.push(change);
    if (kept.length > KEPT) kept.shift();
  }

  return {
    configured({ isNew, ...told }) {
      const type = isNew ? 'Create' : 'Update';
      const data = JSON.stringify({ version: '1.0', type });
      keep({
        ...told,
        item: 'ConfigurationUpdate',
        summary: `Alarm "${told.name}" ${isNew ? 'created' : 'updated'}`,
        data,
      });
    },
    stateChanged({ state, reason, before, oldReason, ...told }) {
      const data = JSON.stringify({
        version: '1.0',
        oldState: { stateValue: before, stateReason: oldReason },
        newState: { stateValue: state, stateReason: reason },
      });
      keep({ ...told, item: 'StateUpdate', summary: `Alarm updated from ${before} to ${state}`, data });
    },
    changes: () => kept,
  };
}
