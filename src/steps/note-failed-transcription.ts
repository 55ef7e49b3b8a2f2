import { firstLanguage, jobLanguage } from '../domain/job-language.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { isWorkable } from '../domain/ledger.ts';
import { keysOf } from '../domain/object-keys.ts';
import {
  contactIdOfJob,
  jobNameOf,
  secondJobNameOf,
  type StandInGap,
  standInTranscript,
} from '../domain/transcript.ts';
import { gapOfFailure, isCallersDoing } from '../domain/transcription-failure.ts';
import type { LedgerPorts } from './ports.ts';
import { startJobOrStandIn, type StartJobPorts } from './start-job.ts';

export type NoteFailedTranscriptionPorts = Pick<LedgerPorts, 'findEntry'> & StartJobPorts;

/**
 * One of our jobs failed: a stand-in replaces the transcript, and its event starts the delivery. `noted` if
 * something is wrong, `expected` if the caller said too little to be transcribed.
 *
 * A job that was to identify the language is followed by one more in the first language: `tried-again`. That
 * job has its own name, so a repeated event starts it once. It gets the rest of the time until the
 * transcript is due.
 */
export async function noteFailedTranscription(
  { jobName, reason }: { jobName: string; reason?: string | undefined },
  ports: NoteFailedTranscriptionPorts,
): Promise<'noted' | 'expected' | 'tried-again' | 'refused' | 'not-ours'> {
  const contactId = contactIdOfJob(jobName);
  const entry = contactId === undefined ? undefined : await ports.findEntry(contactId);
  if (!entry) return 'not-ours';

  const gap = gapOfFailure(reason);
  const { recordingKey, transcriptKey } = keysOf(entry.voicemail);
  if (jobName === jobNameOf(entry.contactId) && isWorthAnother(entry, gap, ports)) {
    const language = firstLanguage(ports.languages);
    const second = { jobName: secondJobNameOf(entry.contactId), recordingKey, transcriptKey, language };
    const started = await startJobOrStandIn(entry.contactId, second, ports);
    return started === 'started' ? 'tried-again' : 'refused';
  }
  await ports.putStandIn(transcriptKey, standInTranscript({ jobName, gap, detail: reason }));
  return isCallersDoing(gap) ? 'expected' : 'noted';
}

/** Another job does not help a faulty recording, or a voicemail that was delivered meanwhile. */
function isWorthAnother(entry: LedgerEntry, gap: StandInGap, { languages }: StartJobPorts): boolean {
  const wasIdentifying = jobLanguage(entry.voicemail.language, languages).kind === 'identify';
  const isOpen = isWorkable(entry, ['received', 'recorded', 'transcribing']);
  return wasIdentifying && isOpen && gap !== 'TOO_SHORT' && gap !== 'BAD_AUDIO';
}
