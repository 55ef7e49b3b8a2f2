import { z } from 'zod';

/** Where recordings and transcripts can be archived, by the names of the settings: Amazon S3's storage classes. */
export const ARCHIVES = {
  /** Plays as always. */
  instant: { storageClass: 'GLACIER_IR', words: 'S3 Glacier Instant Retrieval', leastDays: 90 },
  /** Must be restored first, which takes minutes or hours. */
  flexible: { storageClass: 'GLACIER', words: 'S3 Glacier Flexible Retrieval', leastDays: 90 },
  /** The same, up to two days. */
  deep: { storageClass: 'DEEP_ARCHIVE', words: 'S3 Glacier Deep Archive', leastDays: 180 },
} as const;

type ArchiveName = keyof typeof ARCHIVES;

export const ARCHIVE_NAMES = ['instant', 'flexible', 'deep'] as const satisfies readonly ArchiveName[];

/** What is kept of its own accord: the two that the retention can be said of separately. */
export const KEPT_KINDS = ['recordings', 'transcripts'] as const;

export type KeptKind = (typeof KEPT_KINDS)[number];

const LONGEST_DAYS = 36_500;
const days = z.int().min(1).max(LONGEST_DAYS);

const keptSchema = z
  .strictObject({
    archiveAfterDays: days.exactOptional(),
    archiveTo: z.enum(ARCHIVE_NAMES).exactOptional(),
    deleteAfterDays: z.union([z.literal('never'), days]).exactOptional(),
  })
  .readonly();

export const retentionSchema = z
  .strictObject({ recordings: keptSchema.exactOptional(), transcripts: keptSchema.exactOptional() })
  .readonly();

type RetentionSettings = z.infer<typeof retentionSchema>;

const DELETE_ALLOWED = `a whole number of days, 1 to ${LONGEST_DAYS} and more than archiveAfterDays, or 'never'; leave it out for retentionDays`;
const AFTER_ALLOWED = `a whole number of days, 1 to ${LONGEST_DAYS}, with archiveTo; leave both out to archive nothing`;
const TO_ALLOWED =
  "'instant', 'flexible' or 'deep', with archiveAfterDays; leave both out to archive nothing";

/** What each may be, in words for the administrator. */
export const RETENTION_SETTINGS_ALLOWED = {
  retention: '{ recordings?, transcripts? }; leave it out to delete both after retentionDays',
  'retention.recordings': '{ archiveAfterDays?, archiveTo?, deleteAfterDays? }',
  'retention.recordings.archiveAfterDays': AFTER_ALLOWED,
  'retention.recordings.archiveTo': TO_ALLOWED,
  'retention.recordings.deleteAfterDays': DELETE_ALLOWED,
  'retention.transcripts': '{ archiveAfterDays?, archiveTo?, deleteAfterDays? }',
  'retention.transcripts.archiveAfterDays': AFTER_ALLOWED,
  'retention.transcripts.archiveTo': TO_ALLOWED,
  'retention.transcripts.deleteAfterDays': DELETE_ALLOWED,
} as const satisfies Record<string, string>;

/** How long something is kept, and where. */
export interface Kept {
  /** Infinity: forever. */
  readonly deleteAfterDays: number;
  /** Absent: it stays where it is. */
  readonly archive?: { readonly afterDays: number; readonly to: ArchiveName };
}

interface Decided {
  readonly retentionDays: number;
  readonly retention?: RetentionSettings | undefined;
}

export function keptOf(kind: KeptKind, { retentionDays, retention }: Decided): Kept {
  const { archiveAfterDays, archiveTo, deleteAfterDays = retentionDays } = retention?.[kind] ?? {};
  return {
    deleteAfterDays: deleteAfterDays === 'never' ? Infinity : deleteAfterDays,
    ...(archiveAfterDays !== undefined &&
      archiveTo !== undefined && { archive: { afterDays: archiveAfterDays, to: archiveTo } }),
  };
}

/**
 * How long the ledger knows a voicemail after its last change: as long as something of it is kept. What it has
 * forgotten, an object that comes back would have delivered again.
 */
export function ledgerDaysOf(decided: Decided): number {
  return Math.max(...KEPT_KINDS.map((kind) => keptOf(kind, decided).deleteAfterDays));
}

/** From which day on recordings must be restored before they play. Infinity: from none on. */
export function outOfReachAfterDays(decided: Decided, kind: KeptKind): number {
  const { archive } = keptOf(kind, decided);
  return archive && archive.to !== 'instant' ? archive.afterDays : Infinity;
}

/**
 * The same as settings of a function: for how many days entries of the ledger are kept, and recordings and transcripts
 * where that is not as long.
 */
export function retentionVariables(decided: Decided): Record<string, string> {
  const ledgerDays = ledgerDaysOf(decided);
  const shorter = KEPT_KINDS.flatMap((kind) => {
    const { deleteAfterDays } = keptOf(kind, decided);
    return deleteAfterDays < ledgerDays ? [[VARIABLES[kind], inVariable(deleteAfterDays)]] : [];
  });
  return { RETENTION_DAYS: inVariable(ledgerDays), ...Object.fromEntries(shorter) };
}

const VARIABLES = { recordings: 'RECORDING_DAYS', transcripts: 'TRANSCRIPT_DAYS' } as const;

const inVariable = (count: number) => (count === Infinity ? 'never' : String(count));
