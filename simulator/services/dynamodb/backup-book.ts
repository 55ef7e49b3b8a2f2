import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';

/** A table's description and items at the time when it was deleted. */
export interface Backup {
  readonly arn: string;
  readonly name: string;
  readonly madeMs: number;
  readonly endsMs: number;
  /** As DescribeTable answers it. */
  readonly table: JsonObject;
  /** As DescribeTimeToLive answers it. */
  readonly timeToLive: JsonObject;
  readonly items: readonly JsonObject[];
}

export interface BackupBook {
  readonly add: (of: Pick<Backup, 'table' | 'timeToLive' | 'items'>) => void;
  /** The oldest first. */
  readonly all: () => readonly Backup[];
  /** Throws AwsError BackupNotFoundException. */
  readonly require: (arn: unknown) => Backup;
}

/** Source: DynamoDB developer guide, point-in-time recovery: a system backup is kept for 35 days. */
const KEPT_MS = 35 * 86_400_000;

/** The backups that DynamoDB itself makes of deleted tables with point-in-time recovery. */
export function createBackupBook(clock: Clock): BackupBook {
  const backups = new Map<string, Backup>();
  const all = () => {
    for (const { arn, endsMs } of backups.values()) if (endsMs <= clock.now()) backups.delete(arn);
    return [...backups.values()];
  };
  return {
    add(of) {
      const madeMs = clock.now();
      const id = `${String(Math.floor(madeMs)).padStart(14, '0')}-${randomUUID().slice(0, 8)}`;
      const arn = `${String(of.table['TableArn'])}/backup/${id}`;
      const name = `${String(of.table['TableName'])}$DeletedTableBackup`;
      backups.set(arn, { ...of, arn, name, madeMs, endsMs: madeMs + KEPT_MS });
    },
    all,
    require(arn) {
      const found = all().find((backup) => backup.arn === arn);
      if (found) return found;
      throw new AwsError('BackupNotFoundException', 400, `Backup not found: ${String(arn)}`);
    },
  };
}

/** A backup as the API describes it. */
export function backupDetails({ arn, name, madeMs, endsMs, table }: Backup) {
  return {
    BackupArn: arn,
    BackupName: name,
    BackupSizeBytes: table['TableSizeBytes'],
    BackupStatus: 'AVAILABLE',
    BackupType: 'SYSTEM',
    BackupCreationDateTime: new Date(madeMs),
    BackupExpiryDateTime: new Date(endsMs),
  };
}
