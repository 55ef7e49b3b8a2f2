import { GetBucketLifecycleConfigurationCommand, type LifecycleRule, S3Client } from '@aws-sdk/client-s3';
import { KEPT_KINDS, type KeptKind } from '../../../infra/retention-settings.ts';
import { fact } from '../look.ts';
import { isDeployed, outputOf, stack } from './stack.ts';

/** As Amazon S3 has it. */
export type RuleOfLife = LifecycleRule;

export interface BucketLife {
  readonly kind: KeptKind;
  readonly bucket: string;
  /** Those that are switched on. */
  readonly rules: readonly RuleOfLife[];
}

const OUTPUTS = { recordings: 'RecordingsBucket', transcripts: 'TranscriptsBucket' } as const;

/** The rules by which the stack's buckets archive and delete. Empty: there is no stack. */
export const lifecycles = fact(async (look): Promise<readonly BucketLife[]> => {
  const found = await stack(look);
  if (!found || !isDeployed(found)) return [];
  const lives: BucketLife[] = [];
  for (const kind of KEPT_KINDS) {
    const bucket = outputOf(found, OUTPUTS[kind]);
    if (bucket === undefined) continue;
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: bucket });
    const rules = await look.ask('s3:GetLifecycleConfiguration', async () => {
      try {
        return (await look.client(S3Client).send(command)).Rules ?? [];
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchLifecycleConfiguration') return [];
        throw error;
      }
    });
    lives.push({ kind, bucket, rules: rules.filter(({ Status }) => Status === 'Enabled') });
  }
  return lives;
});
