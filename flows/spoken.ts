import { attribute } from './attributes.ts';
import type { PerLanguage, Step, Steps } from './builder/step.ts';
import type { FlowType } from './language/document.ts';
import type { CallerSettings, SpokenLanguage } from './settings.ts';
import type { TextName } from './texts.ts';

/** Texts that are of one kind in every language. The greeting may be a prompt, so it is not one of them. */
export type SpokenText = Exclude<TextName, 'greeting'>;

type Names = 'Which language?' | PerLanguage;

/**
 * The voice of the caller's language, and its texts as flow attributes, so that everything that follows is
 * there once for all languages. The language is that of `vmx3_lang`; the first one if it names none of ours.
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
    'Which language?': whichLanguage(languages, `Voice in ${first.code}`),
    ...Object.fromEntries(languages.flatMap((language) => inOne(language, texts, exit(language.code)))),
  };
}

/**
 * The same in flows that record: a caller answers in the language they hear, so `vmx3_lang` is set to it,
 * for the transcription. `auto` stays, and the settings can say that the callers' language is not known.
 */
export function inTheVoicemailsLanguage<const Exit extends string>(
  settings: CallerSettings,
  texts: readonly SpokenText[],
  exit: (code: string) => Exit,
): Steps<FlowType, Names, Exit> {
  const { languages, speakAsSpokenTo } = settings;
  const spoken = inTheCallersLanguage(settings, texts, exit);
  if (!speakAsSpokenTo) return spoken;
  const [{ code }] = languages;
  const toBeIdentified = { operator: 'Equals', operand: 'auto', next: `Voice in ${code}` } as const;
  return {
    ...spoken,
    'Which language?': whichLanguage(languages, `Message in ${code}`, [toBeIdentified]),
    [`Message in ${code}`]: {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { vmx3_lang: code }, TargetContact: 'Current' },
      next: `Voice in ${code}`,
      errors: { NoMatchingError: `Voice in ${code}` },
    },
  };
}

interface LanguageChoice {
  readonly operator: 'Equals';
  readonly operand: string;
  readonly next: PerLanguage;
}

function whichLanguage(
  languages: readonly SpokenLanguage[],
  otherwise: PerLanguage,
  more: readonly LanguageChoice[] = [],
): Step<FlowType, PerLanguage> {
  const spoken = languages.map(({ code }): LanguageChoice => ({
    operator: 'Equals',
    operand: code,
    next: `Voice in ${code}`,
  }));
  return {
    type: 'Compare',
    parameters: { ComparisonValue: attribute('vmx3_lang') },
    conditions: [...spoken, ...more],
    next: otherwise,
    errors: { NoMatchingCondition: otherwise },
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
