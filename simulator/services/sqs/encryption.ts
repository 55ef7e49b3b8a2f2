import { AwsError, type Caller } from '../../service.ts';
import type { KeyAction, KeyRing, ServiceUser } from '../kms/key-ring.ts';
import type { QueueOptions } from './queue.ts';

type OfQueue = Pick<QueueOptions, 'arn' | 'keyId'>;

/** What a sender needs: SQS decrypts the data key that it got, to see that it is whole. */
export const SENDING: readonly KeyAction[] = ['GenerateDataKey', 'Decrypt'];
export const RECEIVING: readonly KeyAction[] = ['Decrypt'];

/**
 * Asks the key of a queue, in the name of who sends or receives. AWS asks once for each sender in five minutes.
 * Throws AwsError KmsAccessDenied, KmsNotFound, KmsDisabled, KmsInvalidState.
 *
 * Source: SQS developer guide, "Key management"; SQS API reference, SendMessage, "Errors".
 */
export function askQueueKey(
  keys: KeyRing | undefined,
  { arn, keyId }: OfQueue,
  actions: readonly KeyAction[],
  user: Caller | ServiceUser,
): void {
  if (keyId === undefined || !keys) return;
  const use = { keyId, actions, via: 'sqs', encryptionContext: { 'aws:sqs:arn': arn } };
  const refusal = keys.refusalOf(use, user);
  if (refusal) throw new AwsError(CODES[refusal.kind], 400, refusal.message);
}

const CODES = {
  denied: 'KmsAccessDenied',
  'not-found': 'KmsNotFound',
  disabled: 'KmsDisabled',
  'pending-deletion': 'KmsInvalidState',
} as const;
