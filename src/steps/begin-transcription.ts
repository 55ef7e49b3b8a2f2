import { jobLanguage } from '../domain/job-language.ts';
import { keysOf } from '../domain/object-keys.ts';
import type { Recording } from '../domain/recording-metadata.ts';
import { jobNameOf, type StandInGap, standInTranscript } from '../domain/transcript.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import { startJobOrStandIn, type StartJobPorts } from './start-job.ts';

/** Amazon Transcribe's limits. Source: Amazon Transcribe developer guide, "Guidelines and quotas". */
const SHORTEST_MS = 500;

/**
 * Starts the job of a recording. Can be done again: a job that exists stays.
 *
 * If Transcribe refuses the job, a stand-in transcript is written, so that delivery goes on. The same happens for a
 * recording that cannot have a transcript: `untried`.
 */
export async function beginTranscription(
  voicemail: Voicemail,
  recording: Recording,
  ports: StartJobPorts,
): Promise<'started' | 'refused' | 'untried'> {
  const { contactId, recordingKey, transcriptKey } = keysOf(voicemail);
  const jobName = jobNameOf(contactId);
  const gap = gapKnownBefore(recording);
  if (gap) {
    await ports.putStandIn(transcriptKey, standInTranscript({ jobName, gap }));
    return 'untried';
  }
  const language = jobLanguage(voicemail.language, ports.languages);
  return startJobOrStandIn(contactId, { jobName, recordingKey, transcriptKey, language }, ports);
}

/** Why no job is needed. A short message with a sound can be the one word that matters. */
function gapKnownBefore({ durationMs, isBlank, hasSound, archive }: Recording): StandInGap | undefined {
  if (durationMs < SHORTEST_MS) return 'TOO_SHORT';
  if (isBlank && !hasSound) return 'BLANK';
  return archive ? 'RECORDING_ARCHIVED' : undefined;
}
