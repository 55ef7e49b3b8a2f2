import { PermanentError, RetryableError } from '../domain/errors.ts';
import { DUE_AFTER_MS, isWorkable, notedRecording } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/queue-messages.ts';
import { notedLevels } from '../domain/noted-levels.ts';
import { keysOf } from '../domain/object-keys.ts';
import { type Voicemail, withKnownRecordings, withUnknownMembers } from '../domain/voicemail.ts';
import { beginTranscription } from './begin-transcription.ts';
import type { KeptRecording } from './keep-audio.ts';
import type { ClockPort, LedgerPorts, RecordingObjectPort, SetbackPort } from './ports.ts';
import { isGone, saveFromSources, type SaveFromSourcesPorts } from './save-from-sources.ts';
import type { StartJobPorts } from './start-job.ts';

export interface SaveRecordingPorts
  extends
    SaveFromSourcesPorts,
    ClockPort,
    SetbackPort,
    RecordingObjectPort,
    StartJobPorts,
    Pick<LedgerPorts, 'findEntry' | 'moveEntry'> {
  readonly sendToDelivery: (push: DeliveryPush) => Promise<void>;
  /** Whether a blank voicemail goes on like any other. */
  readonly deliverBlank: boolean;
  readonly transcriptDeadlineMs: number;
  /** Called if Transcribe refuses the job, and a stand-in was left. */
  readonly onTranscriptionRefused: () => void;
}

export type RecordOutcome = 'recorded' | 'incomplete' | 'blank' | 'known' | 'unrecordable';

/**
 * Step 2: saves the caller's message from the video stream, or from the IVR recording, into the bucket, and starts
 * its transcription. What a later contact record named since then is in the ledger.
 *
 * The bucket's event does the same for a recording whose job was not started here. If nothing was said and blank
 * voicemails are not delivered, the voicemail ends here. If the recording can never be made, a request to call back is
 * delivered; every other error is thrown.
 */
export async function saveRecording(sent: Voicemail, ports: SaveRecordingPorts): Promise<RecordOutcome> {
  const { contactId } = sent;
  const entry = await ports.findEntry(contactId);
  if (entry && !isWorkable(entry, ['received'])) return 'known';
  const voicemail = withKnownRecordings(sent, entry?.voicemail);

  // What is kept under its key already stays, so only a later try looks for it before it reads the audio again.
  const isFirstTry = entry?.state === 'received' && entry.attempts === 0;
  const saved = await recordingOf(voicemail, isFirstTry, ports);
  if (saved === 'unrecordable') return saved;

  const { isComplete, isBlank } = saved;
  const changes = {
    voicemail: withUnknownMembers(voicemail, entry?.voicemail),
    recordingKey: keysOf(voicemail).recordingKey,
    ...notedRecording(saved),
    levels: saved.levels && notedLevels(saved.levels),
  };
  const from = ['received', 'parked'] as const;
  if (isBlank && !ports.deliverBlank) {
    const isNew = await ports.moveEntry({ contactId, from, to: 'blank', changes });
    return isNew ? 'blank' : 'known';
  }
  const isBegun = await begin(changes.voicemail, saved, ports);
  const [to, dueAfterMs] = isBegun
    ? (['transcribing', ports.transcriptDeadlineMs] as const)
    : (['recorded', DUE_AFTER_MS.transcriptionStart] as const);
  await ports.moveEntry({ contactId, from, to, dueAtMs: ports.now() + dueAfterMs, changes });
  return isComplete ? 'recorded' : 'incomplete';
}

/** False if it is left to the event of the recording, whose queue waits for a Transcribe that takes no job now. */
async function begin(
  voicemail: Voicemail,
  recording: KeptRecording,
  ports: SaveRecordingPorts,
): Promise<boolean> {
  try {
    const outcome = await beginTranscription(voicemail, recording, ports);
    if (outcome === 'refused') ports.onTranscriptionRefused();
    return true;
  } catch (error) {
    if (!(error instanceof RetryableError || error instanceof PermanentError)) throw error;
    ports.setback('the transcription was not started with the recording', {
      contactId: voicemail.contactId,
      error,
    });
    return false;
  }
}

async function recordingOf(
  voicemail: Voicemail,
  isFirstTry: boolean,
  ports: SaveRecordingPorts,
): Promise<KeptRecording | 'unrecordable'> {
  const { contactId } = voicemail;
  const { recordingKey } = keysOf(voicemail);
  const saved = isFirstTry ? undefined : await ports.findRecordingObject(recordingKey);
  if (saved) return saved;
  try {
    return await saveFromSources(voicemail, recordingKey, ports);
  } catch (error) {
    if (!isGone(error)) throw error;
    // A first try that was killed can have kept the message before the stream lost it.
    const kept = isFirstTry ? await ports.findRecordingObject(recordingKey) : undefined;
    if (kept) return kept;
    ports.setback('message cannot be recorded', { contactId, error });
    await ports.sendToDelivery({ push: 'deliver', contactId, unrecordable: error.code });
    return 'unrecordable';
  }
}
