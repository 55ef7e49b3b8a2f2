import { contactIdIn, type FailedJob, parseJobFailed, parseObjectCreated } from '../domain/queue-messages.ts';
import { loggableContactIdOf } from '../domain/object-keys.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';

interface Telemetry {
  readonly log: Log;
  readonly meter: Meter;
}

/** Deals with one queue message: the event of a recording to be transcribed. `start` answers its outcome. */
export function transcriptionQueueMessages(
  start: (recordingKey: string) => Promise<string>,
  { log, meter }: Telemetry,
) {
  return async (message: unknown): Promise<void> => {
    const recordingKey = parseObjectCreated(message);
    const outcome = await start(recordingKey);
    log.info('transcription step done', { contactId: loggableContactIdOf(recordingKey), outcome });
    if (outcome === 'not-ours') meter.count('ForeignObjects');
    if (outcome === 'blank') meter.count('VoicemailsBlank');
    if (outcome === 'refused') meter.count('TranscriptionsRefused');
  };
}

/** Deals with one queue message: the event of a job that failed. `note` answers its outcome. */
export function failedJobQueueMessages(note: (job: FailedJob) => Promise<string>, { log, meter }: Telemetry) {
  return async (message: unknown): Promise<void> => {
    const job = parseJobFailed(message);
    const outcome = await note(job);
    if (outcome === 'not-ours') {
      // It belongs to another stack, or to anybody: neither its name nor its reason must be in this log.
      log.info('a failed job that is not ours was left alone', { outcome });
      meter.count('ForeignObjects');
      return;
    }
    log.warn('transcription failed', { contactId: contactIdIn(message), ...job, outcome });
    if (outcome === 'noted') meter.count('TranscriptionsFailed');
    if (outcome === 'refused') meter.count('TranscriptionsRefused');
  };
}
