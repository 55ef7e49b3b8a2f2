import { AwsError } from '../../service.ts';

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly createdMs: number;
  tags: Readonly<Record<string, string>>;
  /** By version id. */
  readonly versions: Map<string, SecretVersion>;
}

export interface SecretVersion {
  readonly versionId: string;
  readonly secretString: string;
  readonly createdMs: number;
  /** `AWSCURRENT`, `AWSPREVIOUS` or custom labels. A label is on one version at a time. */
  readonly stages: readonly string[];
}

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** Adds a version and moves the labels to it. The current version becomes the previous one. */
export function addVersion(secret: Secret, added: SecretVersion): void {
  const taken = added.stages.includes(CURRENT) ? [...added.stages, PREVIOUS] : added.stages;
  for (const version of secret.versions.values()) {
    const wasCurrent = version.stages.includes(CURRENT) && taken.includes(CURRENT);
    const kept = version.stages.filter((stage) => !taken.includes(stage));
    const stages = wasCurrent ? [...kept, PREVIOUS] : kept;
    secret.versions.set(version.versionId, { ...version, stages });
  }
  secret.versions.set(added.versionId, added);
}

export function secretNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', 400, "Secrets Manager can't find the specified secret.");
}

/** `what`: `staging label: AWSPREVIOUS`, `VersionId: ...`. */
export function secretValueNotFound(what: string): AwsError {
  const message = `Secrets Manager can't find the specified secret value for ${what}`;
  return new AwsError('ResourceNotFoundException', 400, message);
}
