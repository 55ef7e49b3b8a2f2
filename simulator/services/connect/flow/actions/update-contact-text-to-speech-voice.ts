import { z } from 'zod';
import { pollyEngine } from '../../../../../flows/language/ssml/ssml-tags.ts';
import { actionKind } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** Sets the voice. Its engine decides which SSML tags it knows. The style has no effect here. */
export const updateContactTextToSpeechVoice = actionKind({
  parameters: z.object({ TextToSpeechVoice: z.string(), TextToSpeechEngine: z.string().optional() }),
  logName: 'SetVoice',
  run({ TextToSpeechVoice, TextToSpeechEngine }, { contact, paths }) {
    const voiceId = paths.single(TextToSpeechVoice);
    if (voiceId === undefined) return NO_MATCHING_ERROR;
    const engine = TextToSpeechEngine === undefined ? undefined : paths.single(TextToSpeechEngine);
    contact.settings.voiceId = voiceId;
    contact.settings.voiceEngine = engine === undefined ? undefined : pollyEngine(engine);
    return DONE;
  },
});
