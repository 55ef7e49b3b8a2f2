import {
  DeleteTranscriptionJobCommand,
  type LanguageCode,
  StartTranscriptionJobCommand,
  type StartTranscriptionJobCommandInput,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { PermanentError } from '../domain/errors.ts';
import type { JobLanguage } from '../domain/job-language.ts';
import { transcribeCodeOf } from '../domain/languages.ts';
import type { StandInGap } from '../domain/transcript.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import type { StartJobPort } from '../steps/start-job.ts';
import { fromAws, isDenied, nameOf } from './aws-errors.ts';

/** Enough for the list of languages that a refusal repeats. */
const LONGEST_DETAIL = 2000;

export interface TranscribeJobsSettings {
  readonly recordingsBucket: string;
  readonly transcriptsBucket: string;
  /** Transcribe does not look at the bucket: without this it encrypts with Amazon S3's own keys. */
  readonly transcriptsKeyArn?: string | undefined;
}

/**
 * Starts transcription jobs.
 *
 * The job's name is the contact's, so an existing job is the same job. A request that Transcribe will never
 * accept is `refused`, with the reason as a gap and in Transcribe's words.
 *
 * Source: Amazon Transcribe API reference, StartTranscriptionJob.
 */
export function transcribeStart(
  transcribe: TranscribeClient,
  { recordingsBucket, transcriptsBucket, transcriptsKeyArn }: TranscribeJobsSettings,
): StartJobPort['startJob'] {
  return async ({ jobName, recordingKey, transcriptKey, language }) => {
    const command = new StartTranscriptionJobCommand({
      TranscriptionJobName: jobName,
      Media: { MediaFileUri: `s3://${recordingsBucket}/${recordingKey}` },
      MediaFormat: 'wav',
      OutputBucketName: transcriptsBucket,
      OutputKey: transcriptKey,
      ...(transcriptsKeyArn !== undefined && { OutputEncryptionKMSKeyId: transcriptsKeyArn }),
      ...languageMembers(language),
    });
    try {
      await transcribe.send(command);
      return { kind: 'started' };
    } catch (error) {
      if (nameOf(error) === 'ConflictException') return { kind: 'started' };
      const failure = fromAws(error, 'transcribe:StartTranscriptionJob');
      if (!(failure instanceof PermanentError)) throw failure;
      const said = error instanceof Error ? error.message : '';
      const detail = `${nameOf(error)}: ${said}`.slice(0, LONGEST_DETAIL);
      return { kind: 'refused', gap: gapOf(error, said, language), detail, failure };
    }
  };
}

function languageMembers(language: JobLanguage): Partial<StartTranscriptionJobCommandInput> {
  if (language.kind === 'given') return isSendable(language.code) ? { LanguageCode: language.code } : {};
  const among = language.among.filter(isSendable);
  return { IdentifyLanguage: true, ...(among.length > 0 && { LanguageOptions: among }) };
}

/** The SDK's type has the codes of its release; the service accepts today's, and the SDK sends any text. */
function isSendable(code: string): code is LanguageCode {
  return code !== '';
}

/** Transcribe has one error for every invalid request; only its words say what is wrong. */
function gapOf(error: unknown, said: string, language: JobLanguage): StandInGap {
  if (isDenied(error) || /can't be accessed/i.test(said)) return 'NOT_ALLOWED';
  if (language.kind === 'given' && /language/i.test(said))
    return transcribeCodeOf(language.code) === undefined ? 'UNKNOWN_LANGUAGE' : 'LANGUAGE_NOT_HERE';
  return 'REFUSED';
}

/** Deletes a job's entry; its output stays. A job that does not exist, or still runs, is left alone. */
export function transcribeDelete(transcribe: TranscribeClient): DeliverVoicemailPorts['deleteJob'] {
  return async (jobName) => {
    try {
      await transcribe.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: jobName }));
    } catch (error) {
      if (['BadRequestException', 'NotFoundException'].includes(nameOf(error))) return;
      throw fromAws(error, 'transcribe:DeleteTranscriptionJob');
    }
  };
}
