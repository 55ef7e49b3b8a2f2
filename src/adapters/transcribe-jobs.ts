import {
  DeleteTranscriptionJobCommand,
  LanguageCode,
  StartTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { PermanentError } from '../domain/errors.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import type { StartTranscriptionPorts } from '../steps/start-transcription.ts';
import { fromAws, nameOf } from './aws-errors.ts';

export interface TranscribeJobsSettings {
  readonly recordingsBucket: string;
  readonly transcriptsBucket: string;
}

/**
 * Starts transcription jobs.
 *
 * The name is the contact's, so a job that is there already is the same job. A
 * request that Transcribe will never take is `refused`, with its reason.
 *
 * Source: Amazon Transcribe API reference, StartTranscriptionJob.
 */
export function transcribeStart(
  transcribe: TranscribeClient,
  { recordingsBucket, transcriptsBucket }: TranscribeJobsSettings,
): StartTranscriptionPorts['startJob'] {
  return async ({ jobName, recordingKey, transcriptKey, language }) => {
    const code = Object.values(LanguageCode).find((known) => known === language);
    if (!code && language !== 'auto') return { kind: 'refused', reason: 'unknown language' };
    const command = new StartTranscriptionJobCommand({
      TranscriptionJobName: jobName,
      Media: { MediaFileUri: `s3://${recordingsBucket}/${recordingKey}` },
      MediaFormat: 'wav',
      OutputBucketName: transcriptsBucket,
      OutputKey: transcriptKey,
      ...(code ? { LanguageCode: code } : { IdentifyLanguage: true }),
    });
    try {
      await transcribe.send(command);
      return { kind: 'started' };
    } catch (error) {
      if (nameOf(error) === 'ConflictException') return { kind: 'started' };
      const failure = fromAws(error, 'transcribe:StartTranscriptionJob');
      if (!(failure instanceof PermanentError)) throw failure;
      return { kind: 'refused', reason: nameOf(error), failure };
    }
  };
}

/** Deletes a job's entry; its output stays. A job that is not there, or still runs, is left alone. */
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
