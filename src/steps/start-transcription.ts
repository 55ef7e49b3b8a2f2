import { PermanentError } from '../domain/errors.ts';
import { isWorkable } from '../domain/ledger.ts';
import { keysIn } from '../domain/object-keys.ts';
import { hasOurMetadata, voicemailAt } from '../domain/recording-metadata.ts';
import { jobNameOf, standInTranscript } from '../domain/transcript.ts';
import { savedAs } from './keep-message.ts';
import type { ClockPort, LedgerPorts, RecordingObjectPort, SetbackPort } from './ports.ts';

export interface StartTranscriptionPorts
  extends ClockPort, RecordingObjectPort, SetbackPort, Pick<LedgerPorts, 'findEntry' | 'moveEntry'> {
  /** Starting the same job twice is no error. `refused` carries the service's reason. */
  readonly startJob: (job: {
    jobName: string;
    recordingKey: string;
    transcriptKey: string;
    /** A Transcribe language code, or `auto`. */
    language: string;
  }) => Promise<
    | { readonly kind: 'started' }
    | { readonly kind: 'refused'; readonly reason: string; readonly failure?: PermanentError }
  >;
  /** Writes a transcript object unless there is one. */
  readonly putStandIn: (transcriptKey: string, body: string) => Promise<'written' | 'there-already'>;
  readonly transcriptDeadlineMs: number;
  /** Whether a blank voicemail goes on like any other. */
  readonly deliverBlank: boolean;
}

/**
 * Step 3: a recording in the bucket becomes a transcription job.
 *
 * Works from the object alone: if the ledger knows nothing of it, it is noted
 * there. A job that Transcribe refuses is answered with a stand-in transcript, so
 * that delivery goes on. A recording on which nothing was said ends here: `blank`
 * once, when the ledger did not know it yet, and `known` from then on.
 *
 * Anybody may put a file into the bucket. One is ours if its key has our form, and the ledger knows its
 * contact or the object has metadata of ours; any other is `not-ours` and left alone.
 */
export async function startTranscription(
  recordingKey: string,
  ports: StartTranscriptionPorts,
): Promise<'started' | 'refused' | 'blank' | 'known' | 'not-ours'> {
  const keys = keysIn(recordingKey);
  if (!keys || keys.recordingKey !== recordingKey) return 'not-ours';
  const { contactId, transcriptKey } = keys;
  const entry = await ports.findEntry(contactId);
  if (entry && !isWorkable(entry, ['received', 'recorded'])) return 'known';

  const object = await ports.findRecordingObject(recordingKey);
  if (!entry && !(object && hasOurMetadata(object.metadata))) return 'not-ours';
  if (!object) throw new PermanentError('NO_AUDIO', 'the recording is not in the bucket any more');
  const voicemail = entry?.voicemail ?? voicemailAt(recordingKey, object.metadata);

  const { isBlank, durationMs, isComplete } = savedAs(object);
  if (isBlank && !ports.deliverBlank) {
    const from = ['received', 'recorded', 'parked'] as const;
    const changes = { voicemail, recordingKey, durationMs, isComplete };
    return (await ports.moveEntry({ contactId, from, to: 'blank', changes })) ? 'blank' : 'known';
  }

  const jobName = jobNameOf(contactId);
  const job = await ports.startJob({ jobName, recordingKey, transcriptKey, language: voicemail.language });
  if (job.kind === 'refused') {
    const error = job.failure ?? new Error(job.reason);
    ports.setback('the transcription job was refused', { contactId, error });
    await ports.putStandIn(transcriptKey, standInTranscript({ jobName, gap: 'REFUSED', detail: job.reason }));
  }
  await ports.moveEntry({
    contactId,
    from: ['received', 'recorded', 'parked'],
    to: 'transcribing',
    dueAtMs: ports.now() + ports.transcriptDeadlineMs,
    changes: { voicemail, recordingKey },
  });
  return job.kind;
}
