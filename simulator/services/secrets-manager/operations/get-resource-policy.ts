import type { JsonOperation } from '../../../gateway/protocols.ts';
import { requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';

/** GetResourcePolicy: no secret has a policy of its own here. Source: AWS Secrets Manager API Reference. */
export function getResourcePolicy(parts: SecretsParts): JsonOperation {
  return {
    name: 'GetResourcePolicy',
    needs: (input) => [secretPermission('secretsmanager:GetResourcePolicy', input, parts)],
    answer(input) {
      const { arn: ARN, name: Name } = requireSecret(input, parts.find);
      return { ARN, Name };
    },
  };
}
