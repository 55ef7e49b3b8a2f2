import { voicemailAt } from '../domain/recording-metadata.ts';
import { PermanentError } from '../domain/errors.ts';
import { isWorkable, knownRecording, notedRecording } from '../domain/ledger.ts';
import { keysIn, keysOf } from '../domain/object-keys.ts';
import { beginTranscription } from './begin-transcription.ts';
import type { ClockPort, LedgerPorts, RecordingObjectPort } from './ports.ts';
import type { StartJobPorts } from './start-job.ts';

export interface StartTranscriptionPorts
  extends ClockPort, RecordingObjectPort, StartJobPorts, Pick<LedgerPorts, 'findEntry' | 'moveEntry'> {
  readonly transcriptDeadlineMs: number;
  /** Whether a blank voicemail goes on like any other. */
  readonly deliverBlank: boolean;
}

/**
 * Step 3, for a recording that comes by itself: it becomes a transcription job.
 *
 * `save-recording` starts the job of what it records. The event of that recording then finds it `known`, unless
 * the function was killed, or Transcribe did not take the job. The object alone is enough: if the recording is not in
 * the ledger, it is added. A recording without words ends here, unless blank ones are delivered: `blank` the first
 * time, and `known` after that.
 *
 * Other programs can put files into the bucket. A file is ours if its key is the key of the contact's
 * recording, by the ledger or by the object's metadata; any other is `not-ours` and left alone.
 */
export async function startTranscription(
  recordingKey: string,
  ports: StartTranscriptionPorts,
): Promise<'started' | 'refused' | 'untried' | 'blank' | 'known' | 'not-ours'> {
  const keys = keysIn(recordingKey);
  if (!keys || keys.recordingKey !== recordingKey) return 'not-ours';
  const { contactId } = keys;
  const entry = await ports.findEntry(contactId);
  if (entry && !isWorkable(entry, ['received', 'recorded'])) return 'known';

  const known = entry && knownRecording(entry, ['recorded']);
  const found = known ? undefined : await ports.findRecordingObject(recordingKey);
  const recording = known ?? found;
  const voicemail = entry?.voicemail ?? voicemailAt(recordingKey, found);
  // A copy in the folder of another day has the contact's id, and may hold anything.
  if (!voicemail || keysOf(voicemail).recordingKey !== recordingKey) return 'not-ours';
  if (!recording) throw new PermanentError('NO_AUDIO', 'the recording is not in the bucket any more');

  if (recording.isBlank && !ports.deliverBlank) {
    const from = ['received', 'recorded', 'parked'] as const;
    const changes = { voicemail, recordingKey, ...notedRecording(recording) };
    return (await ports.moveEntry({ contactId, from, to: 'blank', changes })) ? 'blank' : 'known';
  }

  const outcome = await beginTranscription(voicemail, recording, ports);
  await ports.moveEntry({
    contactId,
    from: ['received', 'recorded', 'parked'],
    to: 'transcribing',
    dueAtMs: ports.now() + ports.transcriptDeadlineMs,
    changes: { voicemail, recordingKey, ...notedRecording(recording) },
  });
  return outcome;
}
