import { adviceOnLanguage } from '../flows/language-advice.ts';
import { isAuto } from '../src/domain/auto-language.ts';
import { baseLanguage, NEVER_IDENTIFIED, transcribeCodeOf } from '../src/domain/languages.ts';
import { identifiable } from '../src/domain/job-language.ts';
import { homeOf } from './arns.ts';
import { audioSourceOf, type VoicemailConfig } from './config.ts';
import { missingInRegion } from './missing-in-region.ts';
import { hasLiveMediaStreaming, takesTelephoneAudio } from './regions/offers.ts';
import { READ_IN } from './regions/region-table.ts';
import { retentionWarnings } from './retention-warnings.ts';
import { isNewToUs, meantRegion } from './settings/regions.ts';

/** More are not advised. Source: Amazon Transcribe API reference, StartTranscriptionJob, `LanguageOptions`. */
const MOST_TO_IDENTIFY = 5;

/**
 * Warnings about settings that can be deployed but may not be intended: a sentence each, with the setting's
 * name. Settings that cannot be deployed are refused by `parseConfig`.
 */
export function settingWarnings(config: VoicemailConfig): readonly string[] {
  return [
    ...languageWarnings(config),
    ...regionWarnings(config),
    ...mailWarnings(config),
    ...retentionWarnings(config),
  ];
}

/** Those about what Amazon Transcribe does with the languages. */
export function languageWarnings({
  flows,
  defaultLanguage,
  instanceArn,
}: VoicemailConfig): readonly string[] {
  const languages = flows?.languages ?? [];
  return [
    ...codeWarnings('defaultLanguage', [defaultLanguage], instanceArn),
    ...codeWarnings('flows.languages', languages, instanceArn),
    ...identificationWarnings(languages, defaultLanguage),
  ];
}

function regionWarnings(config: VoicemailConfig): readonly string[] {
  const { instanceArn } = config;
  const { region } = homeOf(instanceArn);
  return [
    ...(isNewToUs(region)
      ? [
          `instanceArn: Amazon Connect was not in Region ${region} in ${READ_IN}. If your instance is there, AWS has added it since.${meantRegion(region)}`,
        ]
      : []),
    ...(hasLiveMediaStreaming(region) ? [] : sourceWarnings(config, region)),
    ...missingInRegion(config).map(
      ({ setting, what, remedy }) =>
        `${setting}: by AWS's documentation, read in ${READ_IN}, ${region} does not have ${what}. ${remedy}`,
    ),
  ];
}

/** In a Region where a call's audio is not streamed. */
function sourceWarnings(config: VoicemailConfig, region: string): readonly string[] {
  const source = audioSourceOf(config);
  const notStreamed = `in ${region} Amazon Connect does not stream a call's audio`;
  if (source === 'ivr') return [];
  if (source === 'both') {
    return [`audioSource: got 'both', and ${notStreamed}: there is one source only. Set 'ivr'`];
  }
  const place = config.ivrRecordings === undefined ? ', and ivrRecordings to where recordings are kept' : '';
  return [
    `audioSource: got ${config.audioSource === undefined ? 'nothing' : "'stream'"}, and ${notStreamed}: flows of the stack tell callers that no message can be taken. Set 'ivr'${place}`,
  ];
}

function mailWarnings({ email }: VoicemailConfig): readonly string[] {
  if (!email || email.allowedDomains) return [];
  return [
    'email.allowedDomains: got nothing, so everybody who is named in email_to, a tag or a user record gets what callers said, in any domain. Name your own domains',
  ];
}

function codeWarnings(setting: string, codes: readonly string[], instanceArn: string): readonly string[] {
  const { region } = homeOf(instanceArn);
  return codes.flatMap((code) => {
    const advice = adviceOnLanguage(code);
    const own = transcribeCodeOf(code);
    const isWideBand = own !== undefined && !takesTelephoneAudio(own, region);
    return [
      ...(advice === undefined ? [] : [`${setting}: ${advice}`]),
      ...(isWideBand
        ? [`${setting}: in ${region} Amazon Transcribe takes "${own}" at 16 kHz only, and calls have 8 kHz`]
        : []),
    ];
  });
}

function identificationWarnings(languages: readonly string[], defaultLanguage: string): readonly string[] {
  if (languages.length === 0) return isAuto(defaultLanguage) ? [ANY_LANGUAGE] : [];
  const offered = identifiable(languages);
  if (offered.length < 2) return isAuto(defaultLanguage) ? [nothingToIdentify(languages)] : [];
  return [
    ...(offered.length > MOST_TO_IDENTIFY
      ? [about(`${offered.length} are offered; AWS advises against more than ${MOST_TO_IDENTIFY}`)]
      : []),
    ...languages.flatMap((code) => {
      const own = transcribeCodeOf(code);
      if (own === undefined)
        return [about(`"${code}" is left out, as Amazon Transcribe is not known to have it`)];
      if (NEVER_IDENTIFIED.includes(own))
        return [about(`"${code}" is left out: Amazon Transcribe cannot identify it`)];
      const first = offered.find((other) => baseLanguage(other) === baseLanguage(own));
      return first === undefined || first === own
        ? []
        : [
            about(
              `"${code}" is left out: of the dialects of a language only the first, "${first}", can be offered`,
            ),
          ];
    }),
  ];
}

function about(sentence: string): string {
  return `flows.languages: where a language is to be identified ('auto'), ${sentence}`;
}

const ANY_LANGUAGE =
  "defaultLanguage: got 'auto', and flows.languages does not say what callers speak: a language is identified among all " +
  'there are, which is less sure, least of all in short messages. Name two to five in flows.languages';

function nothingToIdentify(languages: readonly string[]): string {
  return `defaultLanguage: got 'auto', and of ${languages.join(', ')} no two can be distinguished: every message is transcribed as ${languages[0]}`;
}
