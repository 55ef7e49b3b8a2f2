import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { SweepOutcome } from '../steps/sweep.ts';

export interface SweepDeps {
  readonly sweep: () => Promise<SweepOutcome>;
  readonly log: Log;
  readonly meter: Meter;
}

/** Invoked every minute by a schedule. */
export function sweepHandler({ sweep, log, meter }: SweepDeps) {
  return async (): Promise<void> => {
    const { pushed, parked } = await sweep();
    for (const contactId of pushed) {
      log.warn('overdue voicemail pushed on', { contactId });
      meter.count('VoicemailsOverdue');
    }
    for (const contactId of parked) {
      log.error('overdue voicemail parked', { contactId });
      meter.count('VoicemailsParked');
    }
    meter.flush();
  };
}
