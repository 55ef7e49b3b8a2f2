import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/**
 * Sets who is recorded into S3, for calls or for chats: settings of the other channel have an error of their
 * own. Here only the part before an agent is recorded, and nothing is analyzed. What leads to its error branch is
 * not documented: here it is an instance that keeps no call recordings.
 */
export const updateContactRecordingAndAnalyticsBehavior = actionKind({
  parameters: z.object({
    VoiceBehavior: z
      .looseObject({
        VoiceRecordingBehavior: z
          .looseObject({ IVRRecordingBehavior: z.enum(['Enabled', 'Disabled']).optional() })
          .default({}),
      })
      .optional(),
    ChatBehavior: z.unknown().optional(),
  }),
  logName: 'SetRecordingBehavior',
  run({ VoiceBehavior, ChatBehavior }, { contact, parts }) {
    const isOther = contact.channel === 'VOICE' ? ChatBehavior !== undefined : VoiceBehavior !== undefined;
    if (isOther) return { kind: 'error', errorType: 'ChannelMismatch' };
    const ivr = VoiceBehavior?.VoiceRecordingBehavior.IVRRecordingBehavior;
    if (ivr === undefined) return DONE;
    const to = ivr === 'Enabled' ? 'on' : 'off';
    return parts.voiceOf(contact)?.recordIvr(to) === 'refused' ? NO_MATCHING_ERROR : DONE;
  },
});
