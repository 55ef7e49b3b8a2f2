import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/**
 * Says who is recorded into S3. Talks with agents are not recorded here, and only a
 * contact record would tell. What comes before an agent is.
 */
export const updateContactRecordingBehavior = actionKind({
  parameters: z.object({
    RecordingBehavior: z
      .looseObject({ IVRRecordingBehavior: z.enum(['Enabled', 'Disabled']).optional() })
      .default({}),
  }),
  logName: 'SetRecordingBehavior',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE', 'OUTBOUND_WHISPER'],
  run({ RecordingBehavior: { IVRRecordingBehavior: ivr } }, { contact, parts }) {
    if (ivr !== undefined) parts.voiceOf(contact)?.recordIvr(ivr === 'Enabled' ? 'on' : 'off');
    return DONE;
  },
});
