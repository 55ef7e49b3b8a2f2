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
  takeStages(secret, added.stages);
  secret.versions.set(added.versionId, added);
}

/** Moves a label to a version, or removes it. The version that was current becomes the previous one. */
export function moveStage(secret: Secret, stage: string, versionId: string | undefined): void {
  const to = versionId === undefined ? undefined : secret.versions.get(versionId);
  if (to?.stages.includes(stage)) return;
  takeStages(secret, [stage]);
  if (!to) return;
  // It can have lost the label of the previous version just now.
  const kept = secret.versions.get(to.versionId)?.stages ?? [];
  secret.versions.set(to.versionId, { ...to, stages: [...kept, stage] });
}

/** Takes the labels from the versions that have them. The one that was current becomes the previous one. */
function takeStages({ versions }: Secret, stages: readonly string[]): void {
  const taken = stages.includes(CURRENT) ? [...stages, PREVIOUS] : stages;
  for (const version of versions.values()) {
    const wasCurrent = version.stages.includes(CURRENT) && taken.includes(CURRENT);
    const kept = version.stages.filter((stage) => !taken.includes(stage));
    versions.set(version.versionId, { ...version, stages: wasCurrent ? [...kept, PREVIOUS] : kept });
  }
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
