import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { Secret } from './secret.ts';

/** Finds a secret by its ARN or name. */
export type FindSecret = (secretId: string) => Secret | undefined;

/** What the operations work on. */
export interface SecretsParts {
  readonly find: FindSecret;
  readonly all: () => readonly Secret[];
  /** At once. */
  readonly remove: (secret: Secret) => void;
  readonly account: Account;
  /** Absent: nothing is asked of a key. */
  readonly keys?: KeyRing;
  readonly clock: Clock;
}
