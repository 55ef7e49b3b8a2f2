import { ASSUMED } from './assumptions.ts';
import { ARCHIVE_PRICES, daysInWords, type Kept, reckonedDays } from './kept.ts';
import type { Use } from './line.ts';
import type { PriceName } from './prices.ts';
import type { StackFacts } from './stack-facts.ts';

const GB = 1e9;
const DAYS_PER_MONTH = ASSUMED.hoursPerMonth / 24;
/** Nothing smaller is archived. Source: Amazon S3 User Guide, "Constraints and considerations for transitions". */
const LEAST_ARCHIVED_BYTES = 128 * 1024;
/** What S3 adds to an object that must be restored: in the archive, and beside it. Source: the same. */
const ADDED_BYTES = { GLACIER_IR: [0, 0], GLACIER: [32_768, 8192], DEEP_ARCHIVE: [32_768, 8192] } as const;

interface Stored {
  readonly voicemails: number;
  /** Of one voicemail. */
  readonly bytes: Readonly<Record<'recordings' | 'transcripts', number>>;
}

/** What is in the buckets, when as much is deleted as comes in. */
export function objectUses(
  { kept, undeleteDays }: Pick<StackFacts, 'kept' | 'undeleteDays'>,
  { voicemails, bytes }: Stored,
): readonly Use[] {
  const { recordings, transcripts } = kept;
  const isTogether = !recordings.archive && !transcripts.archive && recordings.days === transcripts.days;
  if (isTogether) {
    const { days } = recordings;
    const all = bytes.recordings + bytes.transcripts;
    const words = days === Infinity ? daysInWords(days) : `${days} + ${undeleteDays} days`;
    return [
      stored(`recordings and transcripts, for ${words}`, 's3Storage', {
        bytes: voicemails * all,
        days: reckonedDays(days) + undeleteDays,
      }),
    ];
  }
  return [
    ...usesOf('recordings', recordings, { voicemails, bytes: bytes.recordings, undeleteDays }),
    ...usesOf('transcripts', transcripts, { voicemails, bytes: bytes.transcripts, undeleteDays }),
  ];
}

function usesOf(
  what: string,
  { days, archive }: Kept,
  one: { readonly voicemails: number; readonly bytes: number; readonly undeleteDays: number },
): readonly Use[] {
  const { voicemails, bytes, undeleteDays } = one;
  const until = reckonedDays(days) + undeleteDays;
  const words = days === Infinity ? daysInWords(days) : `${days} + ${undeleteDays} days`;
  if (!archive || bytes < LEAST_ARCHIVED_BYTES) {
    const small = archive ? ', too small to be archived' : '';
    return [stored(`${what}, for ${words}${small}`, 's3Storage', { bytes: voicemails * bytes, days: until })];
  }
  const { afterDays, to } = archive;
  const { storage, transition, words: where } = ARCHIVE_PRICES[to];
  const [inside, beside] = ADDED_BYTES[to];
  const left = until - afterDays;
  return [
    stored(`${what}, for the first ${afterDays} days`, 's3Storage', {
      bytes: voicemails * bytes,
      days: afterDays,
    }),
    { part: 'variable', what: `${what}: moves to ${where}`, price: transition, quantity: voicemails },
    stored(`${what} in ${where}, for ${words} in all`, storage, {
      bytes: voicemails * (bytes + inside),
      days: left,
    }),
    ...(beside > 0
      ? [
          stored(`${what}: what S3 notes of an archive`, 's3Storage', {
            bytes: voicemails * beside,
            days: left,
          }),
        ]
      : []),
  ];
}

function stored(what: string, price: PriceName, { bytes, days }: { bytes: number; days: number }): Use {
  return { part: 'variable', what, price, quantity: (bytes * (days / DAYS_PER_MONTH)) / GB };
}
