import { homeOf } from '../arns.ts';
import type { VoicemailConfig } from '../config.ts';

/** The name of every transcription job of ours begins so; no other job is touched. */
export const JOB_PREFIX = 'vmx3_';

/** The ARN of our transcription jobs, with a wildcard. */
export function jobsOf({ instanceArn }: VoicemailConfig): string {
  const { partition, region, accountId } = homeOf(instanceArn);
  return `arn:${partition}:transcribe:${region}:${accountId}:transcription-job/${JOB_PREFIX}*`;
}
