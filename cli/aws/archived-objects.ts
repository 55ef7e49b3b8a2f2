import { HeadObjectCommand, RestoreObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

/** How fast an archived object is restored, and what that costs: see docs/retention.md. */
export const TIERS = { standard: 'Standard', bulk: 'Bulk', expedited: 'Expedited' } as const;

export type TierName = keyof typeof TIERS;

/**
 * `asked`: it is being restored, and takes so long. `longer`: it was restored before, and now stays for the days. `under
 * way`: somebody has asked before. `readable`: it is not archived where it must be restored. `gone`: there is none.
 */
export type Restored =
  | { readonly kind: 'asked'; readonly takes: string }
  | { readonly kind: 'longer' | 'under way' | 'readable' | 'gone' };

export interface ArchivedObjects {
  /** Asks Amazon S3 for copies that can be read for some days. Throws RefusedError, in words. */
  readonly restore: (
    object: { readonly of: 'recordings' | 'transcripts'; readonly key: string },
    wishes: { readonly days: number; readonly tier: TierName },
  ) => Promise<Restored>;
}

/** Source: Amazon S3 User Guide, "Archive retrieval options". */
const TAKES: Readonly<Record<string, Readonly<Record<TierName, string>>>> = {
  GLACIER: { standard: '3 to 5 hours', bulk: '5 to 12 hours', expedited: '1 to 5 minutes' },
  DEEP_ARCHIVE: { standard: 'up to 12 hours', bulk: 'up to 48 hours', expedited: 'minutes' },
};

const ACCEPTED = 202;

export function archivedObjects(
  { recordingsBucket, transcriptsBucket }: { recordingsBucket: string; transcriptsBucket: string },
  place: AskedPlace,
): ArchivedObjects {
  const s3 = new S3Client({ ...place, ...PATIENT });

  async function takes(object: { readonly Bucket: string; readonly Key: string }, tier: TierName) {
    const { StorageClass } = await askAws('s3:GetObject', place, () =>
      s3.send(new HeadObjectCommand(object)),
    );
    return TAKES[StorageClass ?? '']?.[tier] ?? 'some hours';
  }

  return {
    async restore({ of, key: Key }, { days: Days, tier }) {
      const object = { Bucket: of === 'recordings' ? recordingsBucket : transcriptsBucket, Key };
      const GlacierJobParameters = { Tier: TIERS[tier] };
      const command = new RestoreObjectCommand({ ...object, RestoreRequest: { Days, GlacierJobParameters } });
      const kind = await askAws('s3:RestoreObject', place, async () => {
        try {
          const { $metadata } = await s3.send(command);
          return $metadata.httpStatusCode === ACCEPTED ? 'asked' : 'longer';
        } catch (error) {
          return answerIn(error, tier);
        }
      });
      return kind === 'asked' ? { kind, takes: await takes(object, tier) } : { kind };
    },
  };
}

/** What is an answer, though S3 calls it an error. Throws every other. */
function answerIn(error: unknown, tier: TierName): Exclude<Restored['kind'], 'asked'> {
  switch (nameOf(error)) {
    case 'NoSuchKey':
      return 'gone';
    case 'InvalidObjectState':
      return 'readable';
    case 'RestoreAlreadyInProgress':
      return 'under way';
    case 'InvalidArgument':
      if (tier === 'expedited')
        throw new RefusedError(
          'S3 Glacier Deep Archive has no expedited retrieval: say --tier standard, or bulk',
          { cause: error },
        );
      throw error;
    default:
      throw error;
  }
}
