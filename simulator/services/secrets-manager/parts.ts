import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
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
  readonly clock: Clock;
}
