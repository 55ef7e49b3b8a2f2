import type { Account } from '../../account.ts';
import type { Stream } from './stream.ts';

/** What the operations work on. */
export interface KinesisParts {
  /** Throws AwsError ResourceNotFoundException if there is no such stream. */
  readonly stream: (arn: string) => Stream;
  readonly account: Account;
  readonly retentionHours: number;
  readonly now: () => number;
}
