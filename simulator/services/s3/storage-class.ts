import { AwsError } from '../../service.ts';

/** From the one that costs most to keep down to the cheapest: a life cycle only moves objects down. */
export const STORAGE_CLASSES = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const;

export type StorageClass = (typeof STORAGE_CLASSES)[number];

/** A copy that can be read for a time of an object that cannot. */
interface Restoration {
  /** From when on it can be read. */
  readonly readyAtMs: number;
  /** Until when. */
  readonly untilMs: number;
}

/** How a version of an object is kept. */
export interface Stored {
  /** Absent: STANDARD. */
  readonly storageClass?: StorageClass;
  /** The last one that was asked for. */
  readonly restoration?: Restoration;
}

/** Those whose objects must be restored before they are read. GLACIER_IR is read like any other. */
const ARCHIVES: readonly string[] = ['GLACIER', 'DEEP_ARCHIVE'];

export const storageClassOf = ({ storageClass = 'STANDARD' }: Stored): StorageClass => storageClass;

export function isArchived(version: Stored): boolean {
  return ARCHIVES.includes(storageClassOf(version));
}

/** Whether it is archived, and no copy of it can be read. */
function isOutOfReach(version: Stored, nowMs: number): boolean {
  const { restoration } = version;
  const isRestored = restoration && restoration.readyAtMs <= nowMs && nowMs < restoration.untilMs;
  return isArchived(version) && !isRestored;
}

/** A class that is not the usual one, and the state of a restoration, as headers of GetObject and HeadObject. */
export function storageHeaders(version: Stored, nowMs: number): Record<string, string> {
  const name = storageClassOf(version);
  const { restoration } = version;
  const isOngoing = restoration && nowMs < restoration.readyAtMs;
  const isThere = restoration && !isOngoing && nowMs < restoration.untilMs;
  return {
    ...(name !== 'STANDARD' && { 'x-amz-storage-class': name }),
    ...(isOngoing && { 'x-amz-restore': 'ongoing-request="true"' }),
    ...(isThere && {
      'x-amz-restore': `ongoing-request="false", expiry-date="${new Date(restoration.untilMs).toUTCString()}"`,
    }),
  };
}

/** Also while it is being restored. Source: Amazon S3 API Reference, GetObject, "Errors". */
export function requireReadable(version: Stored, nowMs: number): void {
  if (!isOutOfReach(version, nowMs)) return;
  const StorageClass = storageClassOf(version);
  const message = "The operation is not valid for the object's storage class";
  throw new AwsError('InvalidObjectState', 403, message, { StorageClass });
}

/** Source: Amazon S3 API Reference, CopyObject, "Errors". */
export function requireCopyable(version: Stored, nowMs: number): void {
  if (!isOutOfReach(version, nowMs)) return;
  const message =
    'The source object of the COPY operation is not in the active tier and is only stored in Amazon Glacier.';
  throw new AwsError('ObjectNotInActiveTierError', 403, message);
}
