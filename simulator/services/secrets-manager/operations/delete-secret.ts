import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';

/** DeleteSecret, at once only. Source: AWS Secrets Manager API Reference. */
export function deleteSecret(parts: SecretsParts): JsonOperation {
  return {
    name: 'DeleteSecret',
    needs: (input) => [secretPermission('secretsmanager:DeleteSecret', input, parts)],
    answer(input) {
      if (input['ForceDeleteWithoutRecovery'] !== true) {
        const message = 'The simulator does not keep deleted secrets: it needs ForceDeleteWithoutRecovery';
        throw new AwsError('UnknownOperationException', 501, message);
      }
      const secret = requireSecret(input, parts.find);
      parts.remove(secret);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: parts.clock.now() / 1000 };
    },
  };
}
