import { AwsError, type Caller } from '../../service.ts';
import { askSecretKey } from './encryption.ts';
import type { SecretsParts } from './parts.ts';
import { CURRENT, type Secret, secretValueNotFound, type SecretVersion } from './secret.ts';

/** The value of a version, as the API tells it. The secret counts as read. */
export function valueOf(secret: Secret, version: SecretVersion, parts: SecretsParts, caller: Caller) {
  const { clock } = parts;
  askSecretKey(parts, { secret, versionId: version.versionId }, ['Decrypt'], caller);
  secret.accessedMs = clock.now();
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.versionId,
    SecretString: version.secretString,
    VersionStages: version.stages,
    CreatedDate: version.createdMs / 1000,
  };
}

/** The current version, unless another is named. Throws AwsError ResourceNotFoundException, InvalidRequestException. */
export function requireVersion({ versions }: Secret, versionId?: string, stage?: string): SecretVersion {
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
