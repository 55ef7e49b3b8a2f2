import { z } from 'zod';
import { ASSUMED } from './assumptions.ts';
import type { PriceName } from './prices.ts';

/** How long recordings, or transcripts, are kept, and where. */
export interface Kept {
  /** Infinity: forever. */
  readonly days: number;
  readonly archive?: { readonly afterDays: number; readonly to: ArchiveClass };
}

export type KeptFacts = Readonly<Record<'recordings' | 'transcripts', Kept>>;

const ARCHIVE_CLASSES = ['GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'] as const;

type ArchiveClass = (typeof ARCHIVE_CLASSES)[number];

/** What S3 charges for an archive. */
export const ARCHIVE_PRICES: Readonly<
  Record<
    ArchiveClass,
    { readonly storage: PriceName; readonly transition: PriceName; readonly words: string }
  >
> = {
  GLACIER_IR: { storage: 's3Instant', transition: 's3ToInstant', words: 'Instant Retrieval' },
  GLACIER: { storage: 's3Flexible', transition: 's3ToFlexible', words: 'Flexible Retrieval' },
  DEEP_ARCHIVE: { storage: 's3Deep', transition: 's3ToDeep', words: 'Deep Archive' },
};

const LIFE = z.object({
  LifecycleConfiguration: z.object({
    Rules: z.array(
      z.object({
        Id: z.string().optional(),
        ExpirationInDays: z.unknown().optional(),
        Transitions: z
          .array(z.object({ StorageClass: z.enum(ARCHIVE_CLASSES), TransitionInDays: z.unknown() }))
          .default([]),
      }),
    ),
  }),
});

interface Part {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  /** `recordings` */
  readonly bundle: string;
}

/** Of a template: what its buckets keep. `valueOf`: of what may be a parameter. */
export function keptIn(parts: readonly Part[], valueOf: (value: unknown) => unknown): KeptFacts {
  const numberOf = (value: unknown) => z.coerce.number().parse(valueOf(value));
  const kept = (kind: keyof KeptFacts): Kept => {
    const bucket = parts.find(({ Type, bundle }) => Type === 'AWS::S3::Bucket' && bundle === kind);
    const rules = bucket ? LIFE.parse(bucket.Properties).LifecycleConfiguration.Rules : [];
    const days = rules.find(({ ExpirationInDays }) => ExpirationInDays !== undefined)?.ExpirationInDays;
    const [move] = rules.flatMap(({ Transitions }) => Transitions);
    return {
      days: days === undefined ? Infinity : numberOf(days),
      ...(move && { archive: { afterDays: numberOf(move.TransitionInDays), to: move.StorageClass } }),
    };
  };
  return { recordings: kept('recordings'), transcripts: kept('transcripts') };
}

/** For how many days is reckoned: what is kept forever grows each month. */
export function reckonedDays(days: number): number {
  return days === Infinity ? ASSUMED.foreverDays : days;
}

/** `30 days`, `ever (reckoned: 3650 days)` */
export function daysInWords(days: number): string {
  return days === Infinity ? `ever (reckoned: ${ASSUMED.foreverDays} days)` : `${days} days`;
}
