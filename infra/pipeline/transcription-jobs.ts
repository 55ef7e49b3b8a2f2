import { callerSettings } from '../../flows/settings.ts';
import { isAuto } from '../../src/domain/auto-language.ts';
import { homeOf } from '../arns.ts';
import type { VoicemailConfig } from '../config.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Storage } from './storage.ts';

/** The name of every transcription job of ours begins so; no other job is touched. */
export const JOB_PREFIX = 'vmx3_';

/** The ARN of our transcription jobs, with a wildcard. */
export function jobsOf({ instanceArn }: VoicemailConfig): string {
  const { partition, region, accountId } = homeOf(instanceArn);
  return `arn:${partition}:transcribe:${region}:${accountId}:transcription-job/${JOB_PREFIX}*`;
}

/** Settings of a function that starts jobs: of their languages, and of the key of their output, which Transcribe does not take from the bucket. */
export function jobSettings(config: VoicemailConfig): Readonly<Record<string, string>> {
  const { kmsKeyArn } = config;
  return { ...languagesOf(config), ...(kmsKeyArn !== undefined && { TRANSCRIPTS_KEY_ARN: kmsKeyArn }) };
}

/** Which languages a voicemail may be in, and which to take when that cannot be found out. */
function languagesOf({ flows, defaultLanguage }: VoicemailConfig): Readonly<Record<string, string>> {
  const { languages } = callerSettings(flows, defaultLanguage);
  const isSaid = flows?.languages !== undefined;
  const first = isSaid || isAuto(defaultLanguage) ? languages[0].code : defaultLanguage;
  return {
    ...(isSaid && { SPOKEN_LANGUAGES: languages.map(({ code }) => code).join(',') }),
    FIRST_LANGUAGE: first,
  };
}

/** Lets a function start jobs. Transcribe reads the recording and writes the transcript with the rights of the caller that starts one. */
export function allowStartingJobs(fn: PipelineFunction, { recordings, transcripts }: Storage): void {
  fn.allow(recordings.arnForObjects('recordings/*'), 's3:GetObject');
  fn.allow(transcripts.arnForObjects('transcripts/*'), 's3:PutObject');
  // IAM has no resource for starting a job; the condition is on the output's place.
  fn.allowIf({ 'transcribe:OutputBucketName': transcripts.bucketName }, 'transcribe:StartTranscriptionJob');
}
