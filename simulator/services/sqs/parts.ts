import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { Queue, QueueOptions } from './queue.ts';

/** What the operations work on. */
export interface SqsParts {
  /** Throws AwsError QueueDoesNotExist. */
  readonly queue: (arn: string) => Queue;
  /** By ARN. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Throws an Error for an ARN that is taken or the name of a FIFO queue. */
  readonly create: (queue: QueueOptions) => void;
  readonly queueUrl: (arn: string) => string;
  readonly tasks: MoveTasks;
  readonly clock: Clock;
  readonly account: Account;
  /** Absent: nothing is asked of a key. */
  readonly keys?: KeyRing;
}
