import type { JsonOperation } from '../../../gateway/protocols.ts';
import { requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';
import { described, stagesById } from '../secret.ts';

/** DescribeSecret: all but its value. Source: AWS Secrets Manager API Reference. */
export function describeSecret(parts: SecretsParts): JsonOperation {
  return {
    name: 'DescribeSecret',
    needs: (input) => [secretPermission('secretsmanager:DescribeSecret', input, parts)],
    answer(input) {
      const secret = requireSecret(input, parts.find);
      return { ...described(secret), VersionIdsToStages: stagesById(secret) };
    },
  };
}
