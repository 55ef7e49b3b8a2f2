import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/**
 * Says who is recorded into S3. Talks with agents are not recorded here, and only a
 * contact record would tell. Recording what comes before an agent would leave a
 * file that somebody waits for, so it is refused.
 */
export const updateContactRecordingBehavior = actionKind({
  parameters: z.object({
    RecordingBehavior: z.looseObject({ IVRRecordingBehavior: z.string().optional() }).default({}),
  }),
  logName: 'SetRecordingBehavior',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE', 'OUTBOUND_WHISPER'],
  run({ RecordingBehavior: { IVRRecordingBehavior } }) {
    if (IVRRecordingBehavior === 'Enabled') throw new Error('IVR recording by a flow is not simulated');
    return DONE;
  },
});
