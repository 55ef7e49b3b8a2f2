import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { CURRENT, type Secret, secretValueNotFound, type SecretVersion } from '../secret.ts';
import { findText, requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';

export function getSecretValue(parts: SecretsParts): JsonOperation {
  const { find } = parts;
  return {
    name: 'GetSecretValue',
    needs: (input) => [secretPermission('secretsmanager:GetSecretValue', input, parts)],
    answer(input) {
      const secret = requireSecret(input, find);
      const version = requireVersion(secret, findText(input, 'VersionId'), findText(input, 'VersionStage'));
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.versionId,
        SecretString: version.secretString,
        VersionStages: version.stages,
        CreatedDate: version.createdMs / 1000,
      };
    },
  };
}

function requireVersion(
  { versions }: Secret,
  versionId: string | undefined,
  stage: string | undefined,
): SecretVersion {
  if (versionId !== undefined) {
    const version = versions.get(versionId);
    if (!version) throw secretValueNotFound(`VersionId: ${versionId}`);
    if (stage === undefined || version.stages.includes(stage)) return version;
    const message = 'You provided a VersionStage that is not associated to the provided VersionId.';
    throw new AwsError('InvalidRequestException', 400, message);
  }
  const wanted = stage ?? CURRENT;
  const version = [...versions.values()].find(({ stages }) => stages.includes(wanted));
  if (!version) throw secretValueNotFound(`staging label: ${wanted}`);
  return version;
}
