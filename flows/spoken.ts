import { attribute } from './attributes.ts';
import type { PerLanguage, Steps } from './builder/step.ts';
import type { FlowType } from './language/document.ts';
import type { CallerSettings, SpokenLanguage } from './settings.ts';
import type { TextName } from './texts.ts';

/** Texts that are of one kind in every language. The greeting may be a prompt, so it is not one of them. */
export type SpokenText = Exclude<TextName, 'greeting'>;

type Names = 'Which language?' | PerLanguage;

/**
 * The voice of the caller's language, and its texts as flow attributes, so that
 * everything that follows is there once for all languages. The language is that of
 * `vmx3_lang`; the first one where it names none of ours.
 *
 * Starts at `Which language?`; `exit` says where a language goes on.
 */
export function inTheCallersLanguage<const Exit extends string>(
  { languages }: CallerSettings,
  texts: readonly SpokenText[],
  exit: (code: string) => Exit,
): Steps<FlowType, Names, Exit> {
  const [first] = languages;
  return {
    'Which language?': {
      type: 'Compare',
      parameters: { ComparisonValue: attribute('vmx3_lang') },
      conditions: languages.map(({ code }) => ({
        operator: 'Equals',
        operand: code,
        next: `Voice in ${code}`,
      })),
      next: `Voice in ${first.code}`,
      errors: { NoMatchingCondition: `Voice in ${first.code}` },
    },
    ...Object.fromEntries(languages.flatMap((language) => inOne(language, texts, exit(language.code)))),
  };
}

function inOne<Exit extends string>(
  { code, voice, texts }: SpokenLanguage,
  needed: readonly SpokenText[],
  exit: Exit,
): [string, Steps<FlowType, Names, Exit>[Names]][] {
  return [
    [
      `Voice in ${code}`,
      {
        type: 'UpdateContactTextToSpeechVoice',
        parameters: {
          TextToSpeechVoice: voice.name,
          TextToSpeechEngine: voice.engine,
          TextToSpeechStyle: 'None',
        },
        next: `Texts in ${code}`,
        errors: { NoMatchingError: `Texts in ${code}` },
      },
    ],
    [
      `Texts in ${code}`,
      {
        type: 'UpdateFlowAttributes',
        parameters: {
          FlowAttributes: Object.fromEntries(needed.map((name) => [name, { Value: texts[name] }])),
        },
        next: exit,
        errors: { NoMatchingError: exit },
      },
    ],
  ];
}

/** Says one of those texts, and goes on even if it cannot be said. */
export function say<Next extends string>(text: SpokenText, next: Next) {
  return {
    type: 'MessageParticipant',
    parameters: { Text: `$.FlowAttributes.${text}` },
    next,
    errors: { NoMatchingError: next },
  } as const;
}
