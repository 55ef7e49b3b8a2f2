import { RetryableError } from '../domain/errors.ts';
import { parseVoicemail, type Voicemail } from '../domain/voicemail.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { RecordOutcome } from '../steps/save-recording.ts';

export interface SaveRecordingDeps {
  readonly save: (voicemail: Voicemail) => Promise<RecordOutcome>;
  readonly log: Log;
  readonly meter: Meter;
}

/** Deals with one queue message: a voicemail to be recorded. */
export function recordingQueueMessages({ save, log, meter }: SaveRecordingDeps) {
  return async (message: unknown): Promise<void> => {
    const voicemail = parseVoicemail(message);
    const count = voicemail.isTest ? () => {} : meter.count;
    const outcome = await save(voicemail).catch((error: unknown) => {
      if (isAwaited(error)) count('RecordingsAwaited');
      throw error;
    });
    log.info('recording step done', { contactId: voicemail.contactId, outcome });
    if (outcome === 'recorded' || outcome === 'incomplete') count('RecordingsSaved');
    if (outcome === 'blank') count('VoicemailsBlank');
    if (outcome === 'incomplete') count('RecordingsIncomplete');
  };
}

/** A recording that may not be complete yet, and is tried again within seconds. */
function isAwaited(error: unknown): boolean {
  return error instanceof RetryableError && error.code === 'NOT_READY' && error.retryWithinMs !== undefined;
}
