import { audioStart, type AudioStart } from './audio-steps.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import type { Steps } from './builder/step.ts';
import { numberKnown, queueKnown } from './recipient.ts';
import { recorder, RECORDER_TEXTS } from './recorder.ts';
import type { CallerSettings, SpokenLanguage } from './settings.ts';
import { inTheVoicemailsLanguage, say } from './spoken.ts';

/**
 * Takes a voicemail and hangs up. It comes back to the flow that called it only if
 * no voicemail could be recorded: the caller has heard so, and nothing is flagged.
 */
export function voicemailModule(settings: CallerSettings): BuiltFlow {
  return flow({
    name: 'Voicemail module',
    description: 'Greets the caller, records a message and hangs up. Comes back only if it cannot record.',
    type: 'MODULE',
    start: 'Is a queue named?',
    actions: {
      ...queueKnown('Is a number named?'),
      ...numberKnown('Which language?'),
      ...inTheVoicemailsLanguage(
        settings,
        [...RECORDER_TEXTS, 'cannotRecord'],
        (code) => `Greeting in ${code}` as const,
      ),
      ...greetings(settings),
      ...recorder(settings, 'Say that it cannot record'),
      'Say that it cannot record': say('cannotRecord', 'Back to the calling flow'),
      'Back to the calling flow': { type: 'EndFlowModuleExecution' },
    },
  });
}

function greetings({
  languages,
  audioSource,
}: CallerSettings): Steps<'MODULE', `Greeting in ${string}`, AudioStart> {
  const start = audioStart(audioSource);
  return Object.fromEntries(
    languages.map(({ code, texts: { greeting } }) => [
      `Greeting in ${code}`,
      {
        type: 'MessageParticipant',
        parameters: promptOf(greeting),
        next: start,
        errors: { NoMatchingError: start },
      },
    ]),
  );
}

function promptOf(greeting: SpokenLanguage['texts']['greeting']) {
  if (typeof greeting === 'string') return { Text: greeting };
  return 'ssml' in greeting ? { SSML: greeting.ssml } : { PromptId: greeting.promptArn };
}
