import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Service } from '../../service.ts';
import type { KmsKey } from '../../world/account-state.ts';
import { keysOf } from './key.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { kmsOperations } from './operations.ts';

export interface SimulatedKms {
  readonly service: Service;
  /** For the services that encrypt. */
  readonly ring: KeyRing;
}

/**
 * AWS Key Management Service: which keys there are, and what their policies say.
 *
 * Services ask the ring before they encrypt or decrypt: S3, SQS, DynamoDB, Secrets Manager, SNS, CloudWatch Logs and
 * Transcribe. Not done: encrypting and decrypting by the API; key policies for calls of KMS's own API; grants; making and
 * changing keys; the keys of Kinesis and Kinesis Video Streams.
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
  const known = keysOf(account, keys);
  return {
    service: jsonService({
      name: 'kms',
      targetPrefix: 'TrentService',
      version: '1.1',
      operations: kmsOperations({ account, keys: known, now: clock.now }),
    }),
    ring: createKeyRing(account, known),
  };
}
