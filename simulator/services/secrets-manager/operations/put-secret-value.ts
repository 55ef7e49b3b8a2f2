import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { askSecretKey } from '../encryption.ts';
import { addVersion, CURRENT } from '../secret.ts';
import { findText, requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';

const MOST_BYTES = 65_536;

/** The request token is the version's id: the same call again changes nothing. */
export function putSecretValue(parts: SecretsParts): JsonOperation {
  const { find, clock } = parts;
  return {
    name: 'PutSecretValue',
    needs: (input) => [secretPermission('secretsmanager:PutSecretValue', input, parts)],
    answer(input, { caller }) {
      const secret = requireSecret(input, find);
      const secretString = requireSecretString(input);
      const versionId = findText(input, 'ClientRequestToken') ?? randomUUID();
      askSecretKey(parts, { secret, versionId }, ['GenerateDataKey', 'Decrypt'], caller);

      const existing = secret.versions.get(versionId);
      if (existing && existing.secretString !== secretString) {
        const message = `You can't use ClientRequestToken ${versionId} because that value is already in use for a version of secret ${secret.arn}.`;
        throw new AwsError('ResourceExistsException', 400, message);
      }
      const stages = existing?.stages ?? stagesIn(input);
      if (!existing) addVersion(secret, { versionId, secretString, createdMs: clock.now(), stages });
      return { ARN: secret.arn, Name: secret.name, VersionId: versionId, VersionStages: stages };
    },
  };
}

function requireSecretString(input: JsonObject): string {
  const secretString = findText(input, 'SecretString');
  if (secretString === undefined) {
    const message = 'You must provide SecretString. The simulator does not keep binary secrets.';
    throw new AwsError('InvalidParameterException', 400, message);
  }
  if (Buffer.byteLength(secretString) > MOST_BYTES) {
    throw new AwsError('InvalidParameterException', 400, `SecretString must not exceed ${MOST_BYTES} bytes.`);
  }
  return secretString;
}

function stagesIn(input: JsonObject): readonly string[] {
  const stages = [input['VersionStages'] ?? CURRENT].flat();
  if (stages.length > 0 && stages.every((stage) => typeof stage === 'string')) return stages;
  throw new AwsError('InvalidParameterException', 400, 'VersionStages must be a list of labels.');
}
