import { keysOf } from '../domain/object-keys.ts';
import { contactIdOfJob, standInTranscript } from '../domain/transcript.ts';
import type { LedgerPorts } from './ports.ts';
import type { StartTranscriptionPorts } from './start-transcription.ts';

export type NoteFailedTranscriptionPorts = Pick<LedgerPorts, 'findEntry'> &
  Pick<StartTranscriptionPorts, 'putStandIn'>;

/** A job of ours failed: a stand-in takes the transcript's place, and its event starts the delivery. */
export async function noteFailedTranscription(
  { jobName, reason }: { jobName: string; reason?: string | undefined },
  ports: NoteFailedTranscriptionPorts,
): Promise<'noted' | 'not-ours'> {
  const contactId = contactIdOfJob(jobName);
  const entry = contactId === undefined ? undefined : await ports.findEntry(contactId);
  if (!entry) return 'not-ours';

  const { transcriptKey } = keysOf(entry.voicemail);
  await ports.putStandIn(
    transcriptKey,
    standInTranscript({ jobName, gap: 'FAILED', ...(reason && { detail: reason }) }),
  );
  return 'noted';
}
