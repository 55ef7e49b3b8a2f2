import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { findText, requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';
import { CURRENT, moveStage, secretValueNotFound } from '../secret.ts';

/**
 * Moves a label from one version to another. A label that is on a version has to be taken from that one by name.
 * Source: AWS Secrets Manager API Reference.
 */
export function updateSecretVersionStage(parts: SecretsParts): JsonOperation {
  return {
    name: 'UpdateSecretVersionStage',
    needs: (input) => [secretPermission('secretsmanager:UpdateSecretVersionStage', input, parts)],
    answer(input) {
      const secret = requireSecret(input, parts.find);
      const stage = findText(input, 'VersionStage');
      if (stage === undefined) {
        throw new AwsError(
          'InvalidParameterException',
          400,
          'You must provide a value for the VersionStage.',
        );
      }
      const from = findText(input, 'RemoveFromVersionId');
      const to = findText(input, 'MoveToVersionId');
      for (const versionId of [from, to]) {
        if (versionId === undefined || secret.versions.has(versionId)) continue;
        throw secretValueNotFound(`VersionId: ${versionId}`);
      }
      const holder = [...secret.versions.values()].find(({ stages }) => stages.includes(stage))?.versionId;
      if (stage === CURRENT && to === undefined) {
        const message = `You can't remove the staging label ${CURRENT}: move it to another version.`;
        throw new AwsError('InvalidParameterException', 400, message);
      }
      if (holder !== from && holder !== to) {
        const message = `The parameter RemoveFromVersionId must be the version that ${stage} is attached to.`;
        throw new AwsError('InvalidParameterException', 400, message);
      }
      moveStage(secret, stage, to);
      return { ARN: secret.arn, Name: secret.name };
    },
  };
}
