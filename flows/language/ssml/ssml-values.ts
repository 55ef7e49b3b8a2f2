/** What the value of an attribute may be. */
export interface ValueRule {
  readonly accepts: (value: string) => boolean;
  /** In words, for a message: `one of none, weak` */
  readonly allowed: string;
}

/** Amazon Polly refuses longer ones. Source: Amazon Polly Developer Guide, "Adding a pause"; "Quotas". */
const LONGEST_BREAK_MS = 10_000;

/** Source: Amazon Polly API reference, SynthesizeSpeech, LanguageCode. */
const LANGUAGES = (
  'arb ar-AE ca-ES cmn-CN cs-CZ cy-GB da-DK de-AT de-CH de-DE en-AU en-GB en-GB-WLS en-IE en-IN en-NZ en-SG ' +
  'en-US en-ZA es-ES es-MX es-US fi-FI fr-BE fr-CA fr-FR hi-IN is-IS it-IT ja-JP ko-KR nb-NO nl-BE nl-NL ' +
  'pl-PL pt-BR pt-PT ro-RO ru-RU sv-SE tr-TR yue-CN'
).split(' ');

export function oneOf(...values: readonly string[]): ValueRule {
  return { accepts: (value) => values.includes(value), allowed: `one of ${values.join(', ')}` };
}

export const anyText: ValueRule = {
  accepts: (value) => value.trim() !== '',
  allowed: 'a text that is not empty',
};

export const language: ValueRule = {
  accepts: (value) => LANGUAGES.includes(value),
  allowed: 'a language code of Amazon Polly such as en-US',
};

export const breakTime: ValueRule = {
  accepts: (value) => (durationMsIn(value) ?? Infinity) <= LONGEST_BREAK_MS,
  allowed: `a time such as 500ms or 1.5s, ${LONGEST_BREAK_MS / 1000} s at most`,
};

export const duration: ValueRule = {
  accepts: (value) => durationMsIn(value) !== undefined,
  allowed: 'a time such as 2500ms or 2.5s',
};

/** Milliseconds. Undefined if it is not a time. Source: SSML 1.1, "Time Designations". */
export function durationMsIn(value: string): number | undefined {
  const [, amount, unit] = /^\+?(\d+(?:\.\d+)?|\.\d+)(ms|s)$/.exec(value) ?? [];
  return amount === undefined ? undefined : Math.round(Number(amount) * (unit === 's' ? 1000 : 1));
}

const VOLUMES = ['default', 'silent', 'x-soft', 'soft', 'medium', 'loud', 'x-loud'];

export const volume: ValueRule = {
  accepts: (value) => VOLUMES.includes(value) || /^[+-]\d+(?:\.\d+)?dB$/.test(value),
  allowed: `one of ${VOLUMES.join(', ')}, or a change such as +6dB`,
};

const RATES = ['default', 'x-slow', 'slow', 'medium', 'fast', 'x-fast'];
const SLOWEST_PERCENT = 20;
const FASTEST_PERCENT = 200;

/** Percentages of the usual rate, and changes by a percentage; a plain number multiplies, as in SSML 1.0. */
export const rate: ValueRule = {
  accepts: (value) => {
    const [, sign, amount, percent] = /^([+-]?)(\d+(?:\.\d+)?)(%?)$/.exec(value) ?? [];
    if (amount === undefined) return RATES.includes(value);
    if (percent === '') return sign === '';
    const resulting = sign === '' ? Number(amount) : 100 + Number(`${sign}${amount}`);
    return resulting >= SLOWEST_PERCENT && resulting <= FASTEST_PERCENT;
  },
  allowed: `one of ${RATES.join(', ')}, or ${SLOWEST_PERCENT}% to ${FASTEST_PERCENT}%`,
};

const PITCHES = ['default', 'x-low', 'low', 'medium', 'high', 'x-high'];

export const pitch: ValueRule = {
  accepts: (value) => PITCHES.includes(value) || /^[+-]\d+(?:\.\d+)?%$/.test(value),
  allowed: `one of ${PITCHES.join(', ')}, or a change such as -10%`,
};

/** Which parts of speech there are depends on the language. */
export const role: ValueRule = {
  accepts: (value) => /^amazon:[A-Z][A-Z0-9_]*$/.test(value),
  allowed: 'a part of speech such as amazon:VB, or amazon:SENSE_1',
};
