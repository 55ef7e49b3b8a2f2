import type { JsonOperation } from '../../../gateway/protocols.ts';
import { findText, requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';
import { requireVersion, valueOf } from '../secret-value.ts';

export function getSecretValue(parts: SecretsParts): JsonOperation {
  const { find } = parts;
  return {
    name: 'GetSecretValue',
    needs: (input) => [secretPermission('secretsmanager:GetSecretValue', input, parts)],
    answer(input, { caller }) {
      const secret = requireSecret(input, find);
      const version = requireVersion(secret, findText(input, 'VersionId'), findText(input, 'VersionStage'));
      return valueOf(secret, version, parts, caller);
    },
  };
}
