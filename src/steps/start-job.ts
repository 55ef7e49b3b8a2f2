import type { PermanentError } from '../domain/errors.ts';
import { type ConfiguredLanguages, firstLanguage, type JobLanguage } from '../domain/job-language.ts';
import { type StandInGap, standInTranscript } from '../domain/transcript.ts';
import type { SetbackPort } from './ports.ts';

interface JobToStart {
  readonly jobName: string;
  readonly recordingKey: string;
  readonly transcriptKey: string;
  readonly language: JobLanguage;
}

interface RefusedJob {
  readonly kind: 'refused';
  readonly gap: StandInGap;
  /** The service's own words, for operators. */
  readonly detail: string;
  readonly failure: PermanentError;
}

export interface StartJobPort {
  /** Starting the same job twice is not an error. */
  readonly startJob: (job: JobToStart) => Promise<{ readonly kind: 'started' } | RefusedJob>;
}

export interface StartJobPorts extends StartJobPort, SetbackPort {
  /** Writes a transcript object if there is none. */
  readonly putStandIn: (transcriptKey: string, body: string) => Promise<'written' | 'there-already'>;
  readonly languages: ConfiguredLanguages;
}

/**
 * Starts a job, or leaves a stand-in transcript that says why there is none.
 *
 * If Transcribe refuses a job that has to identify the language, the first language is tried at once: the
 * refused job does not exist, so its name is free.
 */
export async function startJobOrStandIn(
  contactId: string,
  job: JobToStart,
  ports: StartJobPorts,
): Promise<'started' | 'refused'> {
  const started = await ports.startJob(job);
  if (started.kind === 'started') return 'started';
  if (job.language.kind === 'identify' && started.gap !== 'NOT_ALLOWED') {
    const what = 'the language cannot be identified, and the first one is tried';
    ports.setback(what, { contactId, error: started.failure });
    return startJobOrStandIn(contactId, { ...job, language: firstLanguage(ports.languages) }, ports);
  }
  ports.setback('the transcription job was refused', { contactId, error: started.failure });
  const { gap, detail } = started;
  const language = job.language.kind === 'given' ? job.language.code : undefined;
  const standIn = standInTranscript({ jobName: job.jobName, gap, language, detail });
  await ports.putStandIn(job.transcriptKey, standIn);
  return 'refused';
}
