import type { JsonOperation } from '../../gateway/protocols.ts';
import { batchGetSecretValue } from './operations/batch-get-secret-value.ts';
import { deleteSecret } from './operations/delete-secret.ts';
import { describeSecret } from './operations/describe-secret.ts';
import { getResourcePolicy } from './operations/get-resource-policy.ts';
import { getSecretValue } from './operations/get-secret-value.ts';
import { listSecretVersionIds } from './operations/list-secret-version-ids.ts';
import { listSecrets } from './operations/list-secrets.ts';
import { putSecretValue } from './operations/put-secret-value.ts';
import { updateSecretVersionStage } from './operations/update-secret-version-stage.ts';
import type { SecretsParts } from './parts.ts';

/** Everything that can be asked of Secrets Manager over the wire. */
export function secretsManagerOperations(parts: SecretsParts): readonly JsonOperation[] {
  return [
    getSecretValue(parts),
    putSecretValue(parts),
    updateSecretVersionStage(parts),
    listSecretVersionIds(parts),
    listSecrets(parts),
    deleteSecret(parts),
    describeSecret(parts),
    getResourcePolicy(parts),
    batchGetSecretValue(parts),
  ];
}
