import { QUEUE_NAMES } from '../aws/deployed-stack.ts';
import type { FailedRecords } from '../aws/erasure/failed-records.ts';
import { counted } from '../doctor/counted.ts';
import type { ErasingOperations } from './erasing-operations.ts';

/** What can hold words or numbers outside the voicemails themselves. */
export interface Beyond {
  /** Undefined: it was not looked at. */
  readonly failedRecords: FailedRecords | undefined;
  readonly deadLetters: readonly {
    readonly queue: string;
    readonly messages: number;
    /** For how many days they are kept. */
    readonly days: number;
  }[];
}

/** Malformed records that name a contact or the number, and how many dead letters there are. */
export async function lookBeyond(texts: readonly string[], on: ErasingOperations): Promise<Beyond> {
  const deadLetters = await Promise.all(
    QUEUE_NAMES.map(async (queue) => ({
      queue,
      messages: await on.queues.deadLetters(queue),
      days: await on.queues.deadLetterDays(queue),
    })),
  );
  return {
    failedRecords: await on.failures?.find(texts),
    deadLetters: deadLetters.filter(({ messages }) => messages > 0),
  };
}

/** Where no command can erase anything, whatever was found. */
export const NOT_REACHED = [
  'mails that were sent, and what was forwarded of them',
  'names, descriptions and attachments of tasks in Amazon Connect, and its screens and reports',
  "Amazon Connect's own recordings and video streams, and its contact records: also where the data stream of your instance, and what reads it, keeps them",
  'what Customer Profiles or another system knows of the caller: it is only read',
  'backups of the ledger: point-in-time recovery for 35 days, and those that you made',
  'replicas and backups of the buckets, if you set them up',
  'CloudWatch logs: they name contact ids, and have no words and no numbers',
] as const;

export function beyondInWords({ failedRecords, deadLetters }: Beyond, isForReal: boolean): readonly string[] {
  return [
    failedRecords
      ? failuresInWords(failedRecords, isForReal)
      : 'Records that could not be read were not searched: the stack was deployed by an earlier version.',
    ...deadLetters.map(
      ({ queue, messages, days }) =>
        `${counted(messages, 'dead letter', 'dead letters')} of ${queue} can hold a number or attributes. None is removed one by one; SQS deletes each after ${days} days, and vmx redrive --queue ${queue} has those of erased voicemails end.`,
    ),
  ];
}

function failuresInWords({ keys, read, isCut, batches }: FailedRecords, isForReal: boolean): string {
  const named = `${keys.length} ${isForReal ? 'were deleted' : 'would be deleted'}`;
  return [
    `Records that could not be read: ${read} searched for the contacts and the number, ${named}.`,
    ...(isCut ? ['There are more, which were not searched.'] : []),
    ...(batches > 0
      ? [
          `${counted(batches, 'batch', 'batches')} that AWS Lambda gave up were not searched, as they have records of others: they go after retentionDays.`,
        ]
      : []),
  ].join(' ');
}
