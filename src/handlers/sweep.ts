import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { SweepPorts } from '../steps/sweep.ts';

export interface SweepDeps {
  readonly sweep: (onOverdue: SweepPorts['onOverdue']) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
}

/**
 * Invoked every minute by a schedule. If some could not be pushed, it fails at the end, so that its alarm
 * goes off.
 */
export function sweepHandler({ sweep, log, meter }: SweepDeps) {
  return async (): Promise<void> => {
    let failures = 0;
    try {
      await sweep((contactId, outcome, error) => {
        switch (outcome) {
          case 'moved-on':
          case 'test':
            return;
          case 'stuck':
            log.error('overdue voicemail pushed on again', { contactId });
            meter.count('VoicemailsStuck');
            return meter.count('VoicemailsOverdue');
          case 'of-later-version':
            log.error('overdue voicemail is of a later version', { contactId });
            meter.count('VoicemailsStuck');
            return meter.count('VoicemailsOverdue');
          case 'pushed':
            log.warn('overdue voicemail pushed on', { contactId });
            return meter.count('VoicemailsOverdue');
          case 'parked':
            log.error('overdue voicemail parked', { contactId, error });
            return meter.count('VoicemailsParked');
          case 'failed':
            log.error('overdue voicemail could not be pushed on', { contactId, error });
            failures += 1;
        }
      });
    } finally {
      meter.flush();
    }
    if (failures > 0) throw new Error(`${failures} overdue voicemails could not be pushed on`);
  };
}
