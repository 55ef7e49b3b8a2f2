import { AwsError, type Caller } from '../../service.ts';
import type { KeyAction } from '../kms/key-ring.ts';
import type { SecretsParts } from './parts.ts';
import type { Secret } from './secret.ts';

/**
 * Asks the key of a secret, in the name of who reads or writes its value. Without a key of its own a secret has that of
 * AWS, which everybody may use who may use the secret. Throws AwsError AccessDeniedException, DecryptionFailure,
 * EncryptionFailure.
 *
 * Source: Secrets Manager user guide, "Secret encryption and decryption"; the sentence is what AWS writes.
 */
export function askSecretKey(
  { keys }: Pick<SecretsParts, 'keys'>,
  { secret, versionId }: { secret: Secret; versionId: string },
  actions: readonly KeyAction[],
  caller: Caller,
): void {
  const { kmsKeyId: keyId, arn } = secret;
  if (keyId === undefined || !keys) return;
  const encryptionContext = { SecretARN: arn, SecretVersionId: versionId };
  const refusal = keys.refusalOf({ keyId, actions, via: 'secretsmanager', encryptionContext }, caller);
  if (!refusal) return;
  if (refusal.kind === 'denied') {
    throw new AwsError('AccessDeniedException', 400, 'Access to KMS is not allowed');
  }
  const code = actions.includes('GenerateDataKey') ? 'EncryptionFailure' : 'DecryptionFailure';
  throw new AwsError(code, 400, refusal.message);
}
