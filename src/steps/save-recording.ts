import { PermanentError } from '../domain/errors.ts';
import { DUE_AFTER_MS, isWorkable, notedRecording } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/queue-messages.ts';
import { notedLevels } from '../domain/noted-levels.ts';
import { keysOf } from '../domain/object-keys.ts';
import { toRecordingMetadata } from '../domain/recording-metadata.ts';
import { type Voicemail, withUnknownMembers } from '../domain/voicemail.ts';
import type { KeptRecording } from './keep-audio.ts';
import type { ClockPort, LedgerPorts, RecordingObjectPort, SetbackPort } from './ports.ts';
import { saveIvrRecording, type SaveIvrRecordingPorts } from './save-ivr-recording.ts';
import { saveKvsRecording, type SaveKvsRecordingPorts } from './save-kvs-recording.ts';

export interface SaveRecordingPorts
  extends
    SaveKvsRecordingPorts,
    SaveIvrRecordingPorts,
    ClockPort,
    SetbackPort,
    RecordingObjectPort,
    Pick<LedgerPorts, 'findEntry' | 'moveEntry'> {
  readonly sendToDelivery: (push: DeliveryPush) => Promise<void>;
  /** Whether a blank voicemail goes on like any other. */
  readonly deliverBlank: boolean;
}

export type RecordOutcome = 'recorded' | 'incomplete' | 'blank' | 'known' | 'unrecordable';

/**
 * Step 2: saves the caller's message from the video stream, or from the IVR recording, into the bucket.
 *
 * The bucket's event starts the next step. If nothing was said and blank voicemails are not delivered, the
 * voicemail ends here. If the recording can never be made, a request to call back is delivered; every other
 * error is thrown.
 */
export async function saveRecording(voicemail: Voicemail, ports: SaveRecordingPorts): Promise<RecordOutcome> {
  const { contactId } = voicemail;
  const entry = await ports.findEntry(contactId);
  if (entry && !isWorkable(entry, ['received'])) return 'known';

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
  await ports.moveEntry({
    contactId,
    from,
    to: 'recorded',
    dueAtMs: ports.now() + DUE_AFTER_MS.transcriptionStart,
    changes,
  });
  return isComplete ? 'recorded' : 'incomplete';
}

async function recordingOf(
  voicemail: Voicemail,
  isFirstTry: boolean,
  ports: SaveRecordingPorts,
): Promise<KeptRecording | 'unrecordable'> {
  const { contactId, endedAtMs, recording } = voicemail;
  const { recordingKey } = keysOf(voicemail);
  const saved = isFirstTry ? undefined : await ports.findRecordingObject(recordingKey);
  if (saved) return saved;
  try {
    if (!recording) throw new PermanentError('NO_AUDIO', 'the contact record names no recording');
    const place = { recordingKey, metadata: toRecordingMetadata(voicemail) };
    return recording.kind === 's3'
      ? await saveIvrRecording({ ...voicemail, recording, ...place }, ports)
      : await saveKvsRecording({ contactId, endedAtMs, recording, ...place }, ports);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    if (error.code !== 'NO_AUDIO' && error.code !== 'MALFORMED_MEDIA') throw error;
    // A first try that died can have kept what is not to be had any more.
    const kept = isFirstTry ? await ports.findRecordingObject(recordingKey) : undefined;
    if (kept) return kept;
    ports.setback('message cannot be recorded', { contactId, error });
    await ports.sendToDelivery({ push: 'deliver', contactId, unrecordable: error.code });
    return 'unrecordable';
  }
}
