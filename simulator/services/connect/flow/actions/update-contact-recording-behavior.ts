import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/**
 * Sets who is recorded into S3. Here only the part before an agent is recorded. Talks with agents are not;
 * only the contact record would show them.
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
