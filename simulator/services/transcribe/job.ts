import type { JobOrder } from './job-order.ts';
import type { ObjectAddress } from './media-uri.ts';
import type { OutputLocation } from './output-location.ts';

export type JobStatus = 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** The state of a job. It does not change: a later state replaces it. */
export interface TranscriptionJob {
  readonly order: JobOrder;
  readonly accountId: string;
  readonly media: ObjectAddress;
  readonly output: OutputLocation;
  readonly createdAtMs: number;
  readonly outcome?: JobOutcome;
}

export type JobOutcome =
  | {
      readonly status: 'COMPLETED';
      readonly atMs: number;
      readonly languageCode: string;
      readonly sampleRateHz: number;
    }
  | { readonly status: 'FAILED'; readonly atMs: number; readonly reason: string };

/** The score of an identified language. It is invented: the simulator does not identify languages. */
export const IDENTIFIED_LANGUAGE_SCORE = 0.97;

export function statusOf({ outcome }: TranscriptionJob): JobStatus {
  return outcome?.status ?? 'IN_PROGRESS';
}

/** The job as StartTranscriptionJob and GetTranscriptionJob write it. */
export function jobDescription(job: TranscriptionJob, region: string): Record<string, unknown> {
  const { order, outcome, output } = job;
  const completed = outcome?.status === 'COMPLETED' ? outcome : undefined;
  const { bucket, key } = output.transcript;
  return {
    ...commonMembers(job),
    MediaFormat: order.mediaFormat ?? (completed && 'wav'),
    MediaSampleRateHertz: order.sampleRateHz ?? completed?.sampleRateHz,
    Media: { MediaFileUri: order.mediaUri },
    Transcript: completed && { TranscriptFileUri: `https://s3.${region}.amazonaws.com/${bucket}/${key}` },
    Settings: outcome && { ChannelIdentification: false, ShowAlternatives: false },
    LanguageOptions:
      order.language.kind === 'identify' && order.language.options.length > 0
        ? order.language.options
        : undefined,
    Tags: order.tags,
  };
}

/** The job as ListTranscriptionJobs writes it. */
export function jobSummary(job: TranscriptionJob): Record<string, unknown> {
  return { ...commonMembers(job), OutputLocationType: 'CUSTOMER_BUCKET' };
}

/** Members without a value are left out of the JSON. */
function commonMembers(job: TranscriptionJob) {
  const { order, outcome, createdAtMs } = job;
  const identifies = order.language.kind === 'identify';
  const completed = outcome?.status === 'COMPLETED' ? outcome : undefined;
  return {
    TranscriptionJobName: order.name,
    TranscriptionJobStatus: statusOf(job),
    LanguageCode: order.language.kind === 'given' ? order.language.code : completed?.languageCode,
    IdentifyLanguage: identifies ? true : undefined,
    IdentifiedLanguageScore: identifies && completed ? IDENTIFIED_LANGUAGE_SCORE : undefined,
    CreationTime: epochSeconds(createdAtMs),
    StartTime: epochSeconds(createdAtMs),
    CompletionTime: outcome && epochSeconds(outcome.atMs),
    FailureReason: outcome?.status === 'FAILED' ? outcome.reason : undefined,
  };
}

function epochSeconds(atMs: number): number {
  return Math.round(atMs) / 1000;
}
