import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { BackupBook } from './backup-book.ts';
import type { Turns } from './turns.ts';
import type { WriteLog } from './write-log.ts';

/** What the operations work on. */
export interface DynamodbParts {
  readonly clock: Clock;
  readonly account: Account;
  /** Absent: nothing is asked of a key. */
  readonly keys?: KeyRing;
  /** The JSON text of a 200. Throws AwsError as DynamoDB words it. */
  readonly answerOf: (operation: string, input: JsonObject) => Promise<string>;
  readonly turns: Turns;
  /** Of a table that a template made, or whose settings were changed, by its name. */
  readonly settingsOf: (name: string) => TableSettings | undefined;
  readonly changeSettings: (name: string, change: Partial<TableSettings>) => void;
  readonly backups: BackupBook;
  /** Undefined: writes are not kept, so no table can be restored to a point in time. */
  readonly writes: WriteLog | undefined;
}

export interface TableSettings {
  readonly tags: Tags;
  /** Those of AWS::DynamoDB::Table. */
  readonly properties: JsonObject;
  readonly madeMs: number;
  /** When point-in-time recovery was switched on. Absent: when the table was made. */
  readonly recoverableSinceMs?: number;
  /** Absent: it was made empty. */
  readonly restored?: RestoredFrom;
}

export interface RestoredFrom {
  readonly tableArn: string;
  readonly backupArn?: string;
  /** The time whose items it got. */
  readonly atMs: number;
}

export type Tags = Readonly<Record<string, string>>;
