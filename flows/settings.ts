import { z } from 'zod';
import type { AudioSource } from '../src/domain/audio-source.ts';
import { DEFAULT_LANGUAGES, type SpeakingVoice, TEXT_NAMES, type TextName, type Texts } from './texts.ts';

/** As Amazon Transcribe and Amazon Polly write languages: `en-US`, and Polly's `arb` and `en-GB-WLS`. */
export const LANGUAGE = /^(?:[a-z]{2,3}-[A-Z]{2}|arb|en-GB-WLS)$/;
const PROMPT_ARN = /^arn:aws[a-z-]*:connect:[a-z0-9-]+:\d{12}:instance\/[0-9a-f-]+\/prompt\/[0-9a-f-]+$/;
const LONGEST_TEXT = 3000;
const LONGEST_SSML = 6000;
const WITHOUT_DOLLAR = /^[^$]*$/;

/** A dollar cannot be written in a flow's text: what follows would be taken for a path. */
const text = z.string().trim().min(1).max(LONGEST_TEXT).regex(WITHOUT_DOLLAR);
/** Tags are not spoken, so there may be more of it. What stands in it is checked by `textProblems`, with the voice. */
const ssml = z.string().trim().min(1).max(LONGEST_SSML).regex(WITHOUT_DOLLAR);
const promptArn = z.string().regex(PROMPT_ARN);
const greeting = z.union([
  text,
  z.strictObject({ ssml }).readonly(),
  z.strictObject({ promptArn }).readonly(),
]);

const texts = z.strictObject({
  ...plainTexts(),
  greeting: greeting.exactOptional(),
});

/** The settings for flows; each has a default. */
export const flowSettingsSchema = z
  .strictObject({
    languages: z.array(z.string().regex(LANGUAGE)).min(1).max(9).readonly().exactOptional(),
    maxSeconds: z.int().min(5).max(1200).exactOptional(),
    texts: z.record(z.string().regex(LANGUAGE), texts.readonly()).readonly().exactOptional(),
    voices: z
      .record(
        z.string().regex(LANGUAGE),
        z
          .strictObject({
            name: z.string().regex(/^[A-Z][A-Za-z]+$/),
            engine: z.enum(['Standard', 'Neural', 'Generative']),
          })
          .readonly(),
      )
      .readonly()
      .exactOptional(),
    tonePromptArn: z.string().exactOptional(),
    holdMusicPromptArn: z.string().exactOptional(),
    offerEverySeconds: z.int().min(10).max(600).exactOptional(),
    entryQueueArn: z.string().exactOptional(),
    testAgentArn: z.string().exactOptional(),
  })
  .readonly();

export type FlowSettings = z.infer<typeof flowSettingsSchema>;

/** The allowed values of each setting, as in the error for an administrator. */
export const FLOW_SETTINGS_ALLOWED = {
  flows:
    '{ languages?, maxSeconds?, texts?, voices?, tonePromptArn?, holdMusicPromptArn?, offerEverySeconds?, entryQueueArn?, testAgentArn? }; leave it out for the defaults',
  'flows.languages': `one to nine different language codes such as 'en-US'; each with default texts (${Object.keys(DEFAULT_LANGUAGES).join(', ')}), or with all of them in flows.texts and a voice in flows.voices`,
  'flows.maxSeconds': 'a whole number of seconds, 5 to 1200',
  'flows.texts': `by language: any of ${TEXT_NAMES.join(', ')}; 1 to ${LONGEST_TEXT} characters without $; greeting may also be { ssml: '<speak>…</speak>' }, of ${LONGEST_SSML} characters with its tags, or { promptArn }`,
  'flows.voices':
    "by language: { name, engine }, a voice of Amazon Polly and 'Standard', 'Neural' or 'Generative'",
  'flows.tonePromptArn':
    'the ARN of a prompt of this instance, <instanceArn>/prompt/<id>; leave it out for a tone that is synthesized',
  'flows.holdMusicPromptArn':
    'the ARN of a prompt of this instance, <instanceArn>/prompt/<id>; leave it out for a silent wait',
  'flows.offerEverySeconds': 'a whole number of seconds, 10 to 600',
  'flows.entryQueueArn':
    'the ARN of a queue of this instance, <instanceArn>/queue/<id>; leave it out for fallbackQueueArn',
  'flows.testAgentArn':
    'the ARN of an agent of this instance, <instanceArn>/agent/<id>; leave it out for none',
} as const satisfies Record<string, string>;

/** A language that callers hear. */
export interface SpokenLanguage {
  readonly code: string;
  readonly voice: SpeakingVoice;
  readonly texts: Texts;
}

/** What callers hear and how long they can speak, with all defaults filled in. */
export interface CallerSettings {
  /** The first is spoken where `vmx3_lang` names none of them. */
  readonly languages: readonly [SpokenLanguage, ...SpokenLanguage[]];
  /**
   * Whether callers answer in the language they hear. Not where it is to be identified,
   * and not where English is spoken only because there are no texts for theirs.
   */
  readonly speakAsSpokenTo: boolean;
  readonly maxSeconds: number;
  readonly audioSource: AudioSource;
  readonly offerEverySeconds: number;
  readonly tonePromptArn?: string;
  readonly holdMusicPromptArn?: string;
}

/**
 * Settings with their defaults. `defaultLanguage` is spoken unless `languages` says
 * otherwise; en-US where there are no texts for it. Throws an Error naming the
 * language that lacks something: see `languageProblems`.
 */
export function callerSettings(
  settings: FlowSettings = {},
  defaultLanguage = 'en-US',
  audioSource: AudioSource = 'stream',
): CallerSettings {
  const [first, ...others] = languagesOf(settings, defaultLanguage).map((code) => spoken(code, settings));
  if (!first) throw new Error('flows.languages: there must be one');
  const { tonePromptArn, holdMusicPromptArn } = settings;
  const isOwn = settings.languages !== undefined || first.code === defaultLanguage;
  return {
    languages: [first, ...others],
    speakAsSpokenTo: defaultLanguage !== 'auto' && isOwn,
    maxSeconds: settings.maxSeconds ?? 60,
    audioSource,
    offerEverySeconds: settings.offerEverySeconds ?? 30,
    ...(tonePromptArn !== undefined && { tonePromptArn }),
    ...(holdMusicPromptArn !== undefined && { holdMusicPromptArn }),
  };
}

/** What each language lacks, in words: `fr-CA lacks a voice, waiting and offer`. */
export function languageProblems(settings: FlowSettings, defaultLanguage: string): string[] {
  const codes = languagesOf(settings, defaultLanguage);
  const unspoken = Object.keys({ ...settings.texts, ...settings.voices }).filter(
    (code) => !codes.includes(code),
  );
  return [
    ...codes.flatMap((code) => {
      const missing = missingIn(code, settings);
      return missing.length > 0 ? [`${code} lacks ${missing.join(', ')}`] : [];
    }),
    ...unspoken.map((code) => `${code} is not one of the languages`),
    ...codes.filter((code, index) => codes.indexOf(code) < index).map((code) => `${code} is there twice`),
  ];
}

function languagesOf({ languages }: FlowSettings, defaultLanguage: string): readonly string[] {
  return languages ?? [Object.hasOwn(DEFAULT_LANGUAGES, defaultLanguage) ? defaultLanguage : 'en-US'];
}

function spoken(code: string, settings: FlowSettings): SpokenLanguage {
  const { voice, texts: written } = partsOf(code, settings);
  const missing = missingIn(code, settings);
  if (!voice || !hasAll(written)) throw new Error(`flows.languages: ${code} lacks ${missing.join(', ')}`);
  return { code, voice, texts: written };
}

function missingIn(code: string, settings: FlowSettings): string[] {
  const { voice, texts: written } = partsOf(code, settings);
  return [...(voice ? [] : ['a voice']), ...TEXT_NAMES.filter((name) => written[name] === undefined)];
}

function partsOf(
  code: string,
  settings: FlowSettings,
): { voice?: SpeakingVoice | undefined; texts: Partial<Texts> } {
  const defaults = Object.hasOwn(DEFAULT_LANGUAGES, code) ? DEFAULT_LANGUAGES[code] : undefined;
  return {
    voice: settings.voices?.[code] ?? defaults?.voice,
    texts: { ...defaults?.texts, ...settings.texts?.[code] },
  };
}

function hasAll(written: Partial<Texts>): written is Texts {
  return TEXT_NAMES.every((name) => written[name] !== undefined);
}

function plainTexts() {
  const plain = text.exactOptional();
  return {
    oneMoment: plain,
    thanks: plain,
    cannotRecord: plain,
    waiting: plain,
    offer: plain,
    stayOnTheLine: plain,
    connecting: plain,
    closed: plain,
    allBusy: plain,
    nobodyStaffed: plain,
    callAgain: plain,
  } satisfies Record<Exclude<TextName, 'greeting'>, unknown>;
}
