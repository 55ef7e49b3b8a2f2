import type { Account } from '../../account.ts';
import type { AlarmBoard } from './alarm-board.ts';

/** What the operations work on. */
export interface CloudwatchParts {
  readonly account: Account;
  readonly board: Pick<AlarmBoard, 'alarms' | 'composites'>;
}
