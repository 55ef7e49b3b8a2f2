import type { Account } from '../../account.ts';
import type { Stream } from './stream.ts';

/** What the operations work on. */
export interface KinesisParts {
  /** Throws AwsError ResourceNotFoundException if there is no such stream. */
  readonly stream: (arn: string) => Stream;
  /** All, in the order in which they were made. */
  readonly streams: () => readonly Stream[];
  /** Throws an Error for an ARN that is taken or is none. */
  readonly create: (arn: string, shards: number) => void;
  readonly account: Account;
  readonly now: () => number;
}
