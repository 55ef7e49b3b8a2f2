import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { AlarmBoard } from './alarm-board.ts';
import type { MetricStore } from './metric-store.ts';

/** What the operations work on. */
export interface CloudwatchParts {
  readonly account: Account;
  readonly clock: Pick<Clock, 'now'>;
  readonly board: Omit<AlarmBoard, 'add' | 'addComposite' | 'remove' | 'look'>;
  readonly store: MetricStore;
  /** By name. */
  readonly dashboards: () => ReadonlyMap<string, Dashboard>;
}

export interface Dashboard {
  /** The JSON that CloudWatch takes. */
  readonly body: string;
  readonly changedMs: number;
}
