/**
 * The codes that Amazon Transcribe knows languages by. A test holds them against those of
 * the AWS SDK. Source: Amazon Transcribe API reference, LanguageCode, October 2026.
 */
export const TRANSCRIBE_LANGUAGES: readonly string[] =
  `ab-GE af-ZA am-ET ar-AE ar-SA ast-ES az-AZ ba-RU be-BY bg-BG bn-IN bs-BA ca-ES ckb-IQ ckb-IR cs-CZ
  cy-GB cy-WL da-DK de-CH de-DE el-GR en-AB en-AU en-GB en-IE en-IN en-NZ en-US en-WL en-ZA es-ES es-MX
  es-US et-EE et-ET eu-ES fa-AF fa-IR fi-FI fr-CA fr-FR ga-IE gd-GB gl-ES gu-IN ha-NG he-IL hi-IN hr-HR
  ht-HT hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID kab-DZ ka-GE kk-KZ km-KH kn-IN ko-KR ky-KG lg-IN lt-LT
  lv-LV mhr-RU mi-NZ mk-MK ml-IN mn-MN mr-IN ms-MY mt-MT my-MM ne-NP nl-NL no-NO or-IN pa-IN pl-PL ps-AF
  pt-BR pt-PT ro-RO ru-RU rw-RW si-LK sk-SK sl-SI so-SO sq-AL sr-RS su-ID sv-SE sw-BI sw-KE sw-RW sw-TZ
  sw-UG ta-IN te-IN th-TH tl-PH tr-TR tt-RU ug-CN uk-UA uz-UZ vi-VN wo-SN zh-CN zh-HK zh-TW zu-ZA`.split(
    /\s+/,
  );

/**
 * Languages that Transcribe does not recognize as the one that is spoken.
 * Source: Amazon Transcribe developer guide, "Identifying the dominant languages in your media".
 */
export const NEVER_IDENTIFIED: readonly string[] = ['sv-SE', 'vi-VN'];

/** Amazon Polly's codes of accents, which are no language tags by BCP 47, and of Arabic, which says no region. */
const CODES_OF_POLLY: ReadonlyMap<string, string> = new Map([
  ['arb', 'ar-SA'],
  ['en-gb-wls', 'en-WL'],
  ['en-gb-sct', 'en-AB'],
]);

/** One spoken language under two names. Cantonese is Transcribe's `zh-HK`, wherever it is spoken. */
const SAME_LANGUAGE: ReadonlyMap<string, { readonly language: string; readonly region?: string }> = new Map([
  ['nb', { language: 'no' }],
  ['nn', { language: 'no' }],
  ['yue', { language: 'zh', region: 'HK' }],
  // Swiss German: Transcribe calls its de-CH "German, Swiss", and has no other.
  ['gsw', { language: 'de', region: 'CH' }],
]);

/** The region of a language without a region, if it differs from Unicode's "likely subtags". */
const USUAL_REGION: ReadonlyMap<string, string> = new Map([
  // Modern Standard Arabic, which belongs to no country.
  ['ar', 'SA'],
  ['no', 'NO'],
]);

interface LanguageTag {
  readonly language: string;
  readonly region?: string | undefined;
  /** The region with most speakers of the language, in this script. */
  readonly usualRegion?: string | undefined;
}

/** `en` of `en-US`. */
export function baseLanguage(code: string): string {
  return code.split('-')[0] ?? code;
}

/**
 * Transcribe's own code for a language, however it is written; undefined if it has none.
 *
 * Letter case, underscores, blanks, scripts (`zh-Hans-CN`) and other names of the same language (`nb-NO`,
 * `cmn-CN`, `arb`, `gsw-CH`, `iw-IL`, `en-GB-WLS`) make no difference. A language without a region is the
 * one in `configured`, otherwise the one of the region with most speakers by Unicode: `en` is `en-US`, `pt`
 * is `pt-BR`. A region that Transcribe does not have, such as `de-AT`, is never replaced by another.
 */
export function transcribeCodeOf(asked: string, configured: readonly string[] = []): string | undefined {
  const text = asked.trim().replaceAll('_', '-');
  const ofPolly = CODES_OF_POLLY.get(text.toLowerCase());
  if (ofPolly !== undefined) return ofPolly;
  const tag = tagOf(text);
  if (!tag) return undefined;
  if (tag.region !== undefined) return BY_TAG.get(`${tag.language}-${tag.region}`);
  const own = configured
    .flatMap((code) => transcribeCodeOf(code) ?? [])
    .find((code) => speaks(tag.language, code));
  return own ?? usualDialect(tag);
}

/**
 * Transcribe's code nearest to one that it does not have: `de-DE` for `de-AT`. Undefined if Transcribe does
 * not have the language.
 */
export function nearestCode(asked: string): string | undefined {
  const tag = tagOf(asked.trim().replaceAll('_', '-'));
  if (!tag) return undefined;
  // Spanish is that of the Americas everywhere but in Spain.
  if (tag.language === 'es' && tag.region !== 'ES') return 'es-US';
  return usualDialect({ ...tag, usualRegion: tagOf(tag.language)?.usualRegion });
}

/** As Transcribe is asked for a language that it may have by now: `xx_yy ` becomes `xx-YY`. */
export function untestedCode(asked: string): string {
  const [language = '', ...rest] = asked.trim().replaceAll('_', '-').split('-');
  return [
    language.toLowerCase(),
    ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part)),
  ].join('-');
}

function usualDialect({ language, usualRegion }: LanguageTag): string | undefined {
  const dialects = TRANSCRIBE_LANGUAGES.filter((code) => speaks(language, code));
  const usual = BY_TAG.get(`${language}-${USUAL_REGION.get(language) ?? usualRegion}`);
  return usual ?? dialects[0];
}

function speaks(language: string, code: string): boolean {
  return canonical(code)?.language === language;
}

function tagOf(text: string): LanguageTag | undefined {
  const locale = canonical(text);
  if (!locale) return undefined;
  const { language, region } = locale;
  const same = SAME_LANGUAGE.get(language);
  if (same) return { region, ...same };
  return { language, region, usualRegion: locale.maximize().region };
}

/**
 * Unicode's one way to write a language: `cmn`, `zho` and `chi` are `zh`. Undefined for text that is not a
 * language tag, and for `und`, which names no language.
 */
function canonical(text: string): Intl.Locale | undefined {
  if (/^und\b/i.test(text)) return undefined;
  try {
    return new Intl.Locale(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const BY_TAG: ReadonlyMap<string, string> = new Map(
  TRANSCRIBE_LANGUAGES.map((code) => {
    const { language, region } = canonical(code) ?? {};
    return [`${language}-${region}`, code];
  }),
);
