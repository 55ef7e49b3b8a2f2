import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';
import { isRefused, PROMPT_SHAPE, promptIn } from '../prompts.ts';

/**
 * Plays or sends a message to the participant. In a call it takes as long as the words. In a chat, only text
 * can be sent; a task has no participant.
 */
export const messageParticipant = actionKind({
  parameters: z.object(PROMPT_SHAPE),
  logName: 'PlayPrompt',
  flowTypes: [
    'CONTACT_FLOW',
    'AGENT_TRANSFER',
    'QUEUE_TRANSFER',
    'CUSTOMER_QUEUE',
    'CUSTOMER_WHISPER',
    'AGENT_WHISPER',
    'OUTBOUND_WHISPER',
  ],
  async run(given, call) {
    const { contact, parts, signal } = call;
    if (contact.channel === 'TASK') return DONE;
    const prompt = promptIn(given, call);
    if (!prompt) return NO_MATCHING_ERROR;
    if (contact.channel === 'CHAT') return prompt.kind === 'text' ? DONE : NO_MATCHING_ERROR;
    const voice = parts.voiceOf(contact);
    if (!voice) return NO_MATCHING_ERROR;
    const heard = await voice.play(prompt, { signal, stopsAtKey: false });
    return isRefused(heard, call) ? NO_MATCHING_ERROR : DONE;
  },
});
