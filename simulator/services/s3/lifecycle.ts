import {
  addVersion,
  type Bucket,
  type DeleteMarker,
  isDeleteMarker,
  newVersionId,
  type ObjectVersion,
  removeVersion,
  replaceVersion,
} from './bucket.ts';
import type { StoredBytes } from './bytes-folder.ts';
import { isFor, mayMove, rulesOf } from './lifecycle-rules.ts';
import { STORAGE_CLASSES, storageClassOf } from './storage-class.ts';

const DAY_MS = 86_400_000;

/** A day begins at midnight UTC: what is due within one is due at its end. */
export function midnightAfter(timeMs: number, days: number): number {
  return Math.ceil((timeMs + days * DAY_MS) / DAY_MS) * DAY_MS;
}

type Rules = ReturnType<typeof rulesOf>;
type Version = ObjectVersion | DeleteMarker;

/**
 * Does what the rules of a bucket's life cycle say of everything in it, as far as it is due. Returns the bytes that
 * nothing needs any more. Call it before the bucket is looked at: S3 counts in days, and so nobody sees when it was
 * done.
 *
 * S3 looks once a day; here all that is due is done at midnight UTC. Expiration comes before a transition of the same
 * day. Not simulated: rules with a date, `NewerNoncurrentVersions`, and events of expirations, transitions and
 * restorations. Source: Amazon S3 User Guide, "Managing the lifecycle of objects".
 */
export function liveOn(bucket: Bucket, nowMs: number): readonly StoredBytes[] {
  const rules = rulesOf(bucket);
  if (rules.length === 0) return [];
  const left: StoredBytes[] = [];
  for (const key of bucket.versions.keys()) {
    while (stepOf(bucket, key, { rules, nowMs, left }));
  }
  for (const upload of bucket.uploads.values()) {
    const days = rules.flatMap((rule) =>
      isFor(rule, upload) ? (rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? []) : [],
    );
    if (!days.some((one) => midnightAfter(upload.startedMs, one) <= nowMs)) continue;
    bucket.uploads.delete(upload.id);
    left.push(...[...upload.parts.values()].map(({ bytes }) => bytes));
  }
  return left;
}

interface Work {
  readonly rules: Rules;
  readonly nowMs: number;
  readonly left: StoredBytes[];
}

/** One change of one version of a key. False: nothing of it is due. */
function stepOf(bucket: Bucket, key: string, work: Work): boolean {
  const versions = bucket.versions.get(key) ?? [];
  return versions.some((version, index) => {
    const next = versions[index + 1];
    if (next) return stepOfFormer(bucket, version, next.lastModifiedMs, work);
    if (!isDeleteMarker(version)) return stepOfLatest(bucket, version, work);
    return versions.length === 1 && removeLoneMarker(bucket, version, work);
  });
}

function stepOfLatest(bucket: Bucket, version: ObjectVersion, { rules, nowMs, left }: Work): boolean {
  const mine = rules.filter((rule) => isFor(rule, ruled(version)));
  const days = Math.min(...mine.map(({ Expiration }) => Expiration?.Days ?? Infinity));
  const endsAtMs = midnightAfter(version.lastModifiedMs, days);
  if (endsAtMs <= nowMs) {
    const { key } = version;
    if (bucket.versioned) addVersion(bucket, { key, versionId: newVersionId(), lastModifiedMs: endsAtMs });
    else removeWithBytes(bucket, version, left);
    return true;
  }
  const moves = mine.flatMap((rule) =>
    rule.Transition.filter(({ StorageClass: to }) => mayMove(rule, bucket, { ...sizeOf(version), to })).map(
      ({ Days, StorageClass }) => ({ days: Days, to: StorageClass }),
    ),
  );
  return moved(bucket, version, { moves, sinceMs: version.lastModifiedMs, nowMs });
}

function stepOfFormer(
  bucket: Bucket,
  version: Version,
  sinceMs: number,
  { rules, nowMs, left }: Work,
): boolean {
  const mine = rules.filter((rule) => isFor(rule, ruled(version)));
  const days = Math.min(
    ...mine.map(({ NoncurrentVersionExpiration: end }) => end?.NoncurrentDays ?? Infinity),
  );
  if (midnightAfter(sinceMs, days) <= nowMs) {
    removeWithBytes(bucket, version, left);
    return true;
  }
  if (isDeleteMarker(version)) return false;
  const moves = mine.flatMap((rule) =>
    rule.NoncurrentVersionTransition.filter(({ StorageClass: to }) =>
      mayMove(rule, bucket, { ...sizeOf(version), to }),
    ).map(({ NoncurrentDays, StorageClass }) => ({ days: NoncurrentDays, to: StorageClass })),
  );
  return moved(bucket, version, { moves, sinceMs, nowMs });
}

/** A marker that hides nothing any more goes with the rule that expires what it hid. */
function removeLoneMarker(bucket: Bucket, marker: DeleteMarker, { rules, nowMs, left }: Work): boolean {
  const isDue = rules.some(
    (rule) =>
      isFor(rule, ruled(marker)) &&
      rule.Expiration?.Days !== undefined &&
      midnightAfter(marker.lastModifiedMs, rule.Expiration.Days) <= nowMs,
  );
  if (isDue) removeWithBytes(bucket, marker, left);
  return isDue;
}

interface Move {
  readonly days: number;
  readonly to: (typeof STORAGE_CLASSES)[number];
}

function moved(
  bucket: Bucket,
  version: ObjectVersion,
  {
    moves,
    sinceMs,
    nowMs,
  }: { readonly moves: readonly Move[]; readonly sinceMs: number; readonly nowMs: number },
): boolean {
  const rank = (name: Move['to']) => STORAGE_CLASSES.indexOf(name);
  const due = moves
    .filter(({ days }) => midnightAfter(sinceMs, days) <= nowMs)
    .map(({ to }) => to)
    .toSorted((a, b) => rank(a) - rank(b))
    .at(-1);
  if (due === undefined || rank(due) <= rank(storageClassOf(version))) return false;
  replaceVersion(bucket, version, { ...version, storageClass: due });
  return true;
}

function removeWithBytes(bucket: Bucket, version: Version, left: StoredBytes[]): void {
  removeVersion(bucket, version);
  if (!isDeleteMarker(version)) left.push(version.bytes);
}

const sizeOf = ({ bytes: { sizeBytes } }: ObjectVersion) => ({ sizeBytes });

function ruled(version: Version) {
  const { key } = version;
  return isDeleteMarker(version) ? { key, tags: {} } : { key, tags: version.tags, ...sizeOf(version) };
}
