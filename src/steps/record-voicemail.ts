import { PermanentError } from '../domain/errors.ts';
import { DUE_AFTER_MS, isWorkable } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/messages.ts';
import { keysOf } from '../domain/object-keys.ts';
import { toRecordingMetadata } from '../domain/recording-metadata.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import { durationMsOf } from '../domain/wav.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';
import {
  IS_COMPLETE,
  saveRecording,
  type SaveRecordingPorts,
  type SavedRecording,
} from './save-recording.ts';

export interface RecordVoicemailPorts
  extends SaveRecordingPorts, ClockPort, Pick<LedgerPorts, 'findEntry' | 'moveEntry'> {
  readonly findRecordingObject: (
    key: string,
  ) => Promise<{ metadata: Readonly<Record<string, string>>; sizeBytes: number } | undefined>;
  readonly sendToDelivery: (push: DeliveryPush) => Promise<void>;
}

export type RecordOutcome = 'recorded' | 'incomplete' | 'known' | 'unrecordable';

/**
 * Step 2: the caller's message, off the video stream and into the bucket.
 *
 * The bucket's event starts the next step. A recording that can never be had is
 * delivered as a request to call back; anything else that fails is thrown.
 */
export async function recordVoicemail(
  voicemail: Voicemail,
  ports: RecordVoicemailPorts,
): Promise<RecordOutcome> {
  const { contactId } = voicemail;
  const entry = await ports.findEntry(contactId);
  if (entry && !isWorkable(entry, ['received'])) return 'known';

  const { recordingKey } = keysOf(voicemail);
  const saved = await recordingOf(voicemail, recordingKey, ports);
  if (saved === 'unrecordable') return saved;

  const { durationMs, isComplete } = saved;
  await ports.moveEntry({
    contactId,
    from: ['received', 'parked'],
    to: 'recorded',
    dueAtMs: ports.now() + DUE_AFTER_MS.transcriptionStart,
    changes: { voicemail, recordingKey, durationMs, isComplete },
  });
  return isComplete ? 'recorded' : 'incomplete';
}

async function recordingOf(
  voicemail: Voicemail,
  recordingKey: string,
  ports: RecordVoicemailPorts,
): Promise<SavedRecording | 'unrecordable'> {
  const { contactId, recording } = voicemail;
  const kept = await ports.findRecordingObject(recordingKey);
  if (kept) {
    const { sizeBytes, metadata } = kept;
    return { sizeBytes, durationMs: durationMsOf(sizeBytes), isComplete: metadata[IS_COMPLETE] !== 'false' };
  }
  try {
    if (!recording) throw new PermanentError('NO_AUDIO', 'the contact record names no recording');
    return await saveRecording(
      { contactId, recording, recordingKey, metadata: toRecordingMetadata(voicemail) },
      ports,
    );
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    if (error.code !== 'NO_AUDIO' && error.code !== 'MALFORMED_MEDIA') throw error;
    await ports.sendToDelivery({ push: 'deliver', contactId, unrecordable: error.code });
    return 'unrecordable';
  }
}
