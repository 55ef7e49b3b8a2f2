import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** Says who speaks from now on. Engine and style make no difference here. */
export const updateContactTextToSpeechVoice = actionKind({
  parameters: z.object({ TextToSpeechVoice: z.string() }),
  logName: 'SetVoice',
  run({ TextToSpeechVoice }, { contact, paths }) {
    const voiceId = paths.single(TextToSpeechVoice);
    if (voiceId === undefined) return NO_MATCHING_ERROR;
    contact.settings.voiceId = voiceId;
    return DONE;
  },
});
