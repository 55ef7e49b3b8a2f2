import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Service } from '../../service.ts';
import type { KmsKey } from '../../world/account-state.ts';
import { keysOf } from './key.ts';
import { kmsOperations } from './operations.ts';

export interface SimulatedKms {
  readonly service: Service;
}

/**
 * AWS Key Management Service: which keys there are, and what their policies say.
 *
 * Not done: encrypting and decrypting, so that a key that is disabled or that lets nobody in
 * stops nothing; key policies do not decide on calls; grants; making and changing keys.
 */
export function createKms({
  clock,
  account = LAPTOP_ACCOUNT,
  keys = [],
}: {
  clock: Pick<Clock, 'now'>;
  account?: Account;
  /** Those of the account's people. */
  keys?: readonly KmsKey[];
}): SimulatedKms {
  return {
    service: jsonService({
      name: 'kms',
      targetPrefix: 'TrentService',
      version: '1.1',
      operations: kmsOperations({ account, keys: keysOf(account, keys), now: clock.now }),
    }),
  };
}
