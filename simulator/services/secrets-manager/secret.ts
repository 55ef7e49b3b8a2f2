import { AwsError } from '../../service.ts';

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly createdMs: number;
  /** The ARN, id or alias of the key that it names. Absent: AWS's own. */
  kmsKeyId?: string | undefined;
  description?: string | undefined;
  tags: Readonly<Record<string, string>>;
  /** When its value was last read. Absent: never. */
  accessedMs?: number;
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

const DAY_MS = 86_400_000;

/** A secret as the API describes it; of the last access, it tells the day. */
export function described(secret: Secret) {
  const { arn, name, description, kmsKeyId, createdMs, accessedMs, tags, versions } = secret;
  const changedMs = Math.max(createdMs, ...[...versions.values()].map((version) => version.createdMs));
  return {
    ARN: arn,
    Name: name,
    ...(description !== undefined && { Description: description }),
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
    LastChangedDate: changedMs / 1000,
    ...(accessedMs !== undefined && {
      LastAccessedDate: (Math.floor(accessedMs / DAY_MS) * DAY_MS) / 1000,
    }),
    CreatedDate: createdMs / 1000,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** By version id; versions without a label are left out. */
export function stagesById({ versions }: Secret): Readonly<Record<string, readonly string[]>> {
  const labelled = [...versions.values()].filter(({ stages }) => stages.length > 0);
  return Object.fromEntries(labelled.map(({ versionId, stages }) => [versionId, stages]));
}
