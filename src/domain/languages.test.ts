import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LanguageCode } from '@aws-sdk/client-transcribe';
import { isAuto } from './auto-language.ts';
import { nearestCode, TRANSCRIBE_LANGUAGES, transcribeCodeOf, untestedCode } from './languages.ts';

test('the codes are those of the AWS SDK', () => {
  assert.deepEqual(TRANSCRIBE_LANGUAGES.toSorted(), Object.values(LanguageCode).toSorted());
});

test('each of Transcribe’s codes is its own, however it is written', () => {
  for (const code of TRANSCRIBE_LANGUAGES) {
    for (const written of [
      code,
      code.toLowerCase(),
      code.toUpperCase(),
      code.replace('-', '_'),
      ` ${code}\t`,
    ]) {
      assert.equal(transcribeCodeOf(written), code, written);
    }
  }
});

const SAME: Readonly<Record<string, string>> = {
  // Amazon Polly's codes that Transcribe writes otherwise.
  arb: 'ar-SA',
  'cmn-CN': 'zh-CN',
  'yue-CN': 'zh-HK',
  'nb-NO': 'no-NO',
  'en-GB-WLS': 'en-WL',
  en_gb_wls: 'en-WL',
  // With the script.
  'zh-Hans-CN': 'zh-CN',
  zh_Hant_TW: 'zh-TW',
  'zh-Hant-HK': 'zh-HK',
  'zh-Hans': 'zh-CN',
  'zh-Hant': 'zh-TW',
  'cmn-Hant-TW': 'zh-TW',
  'yue-Hant-HK': 'zh-HK',
  'sr-Latn-RS': 'sr-RS',
  'pa-Guru-IN': 'pa-IN',
  // Other names of the same language or country.
  'iw-IL': 'he-IL',
  'in-ID': 'id-ID',
  'fil-PH': 'tl-PH',
  'prs-AF': 'fa-AF',
  'gsw-CH': 'de-CH',
  gsw: 'de-CH',
  'nn-NO': 'no-NO',
  'deu-DE': 'de-DE',
  'eng-US': 'en-US',
  'en-UK': 'en-GB',
  'ca-ES-valencia': 'ca-ES',
  // Without a region: where most of its speakers are, or the only one there is.
  en: 'en-US',
  de: 'de-DE',
  es: 'es-ES',
  pt: 'pt-BR',
  fr: 'fr-FR',
  zh: 'zh-CN',
  yue: 'zh-HK',
  ar: 'ar-SA',
  no: 'no-NO',
  nb: 'no-NO',
  sw: 'sw-TZ',
  bn: 'bn-IN',
  cy: 'cy-GB',
  fil: 'tl-PH',
};
for (const [asked, code] of Object.entries(SAME)) {
  test(`${asked} is Transcribe’s ${code}`, () => {
    assert.equal(transcribeCodeOf(asked), code);
  });
}

test('a language without a region is the configured one', () => {
  assert.equal(transcribeCodeOf('en', ['de-DE', 'en-GB']), 'en-GB');
  assert.equal(transcribeCodeOf('nb', ['nb-NO']), 'no-NO');
  assert.equal(transcribeCodeOf('fr', ['en-GB']), 'fr-FR');
  assert.equal(transcribeCodeOf('en-US', ['en-GB']), 'en-US');
  assert.equal(transcribeCodeOf('ar', ['ar-AE']), 'ar-AE');
  // Polly's code of Modern Standard Arabic, beside its Gulf Arabic.
  assert.equal(transcribeCodeOf('arb', ['ar-AE', 'arb']), 'ar-SA');
});

const UNKNOWN: Readonly<Record<string, string | undefined>> = {
  'de-AT': 'de-DE',
  'en-CA': 'en-US',
  'en-SG': 'en-US',
  'fr-BE': 'fr-FR',
  'nl-BE': 'nl-NL',
  'es-419': 'es-US',
  'es-AR': 'es-US',
  'zh-SG': 'zh-CN',
  'lg-UG': 'lg-IN',
  'ar-EG': 'ar-SA',
  'pt-AO': 'pt-BR',
  'xx-YY': undefined,
  english: undefined,
  und: undefined,
  'und-US': undefined,
  root: undefined,
  'en--US': undefined,
  '': undefined,
  'the language of the caller': undefined,
};
for (const [asked, nearest] of Object.entries(UNKNOWN)) {
  test(`"${asked}" is none of Transcribe’s, and ${nearest ? `${nearest} is the nearest` : 'none is near'}`, () => {
    assert.equal(transcribeCodeOf(asked), undefined);
    assert.equal(nearestCode(asked), nearest);
  });
}

test('a code that Transcribe may know by now is tried in the form of its codes', () => {
  assert.equal(untestedCode(' EN_ca '), 'en-CA');
  assert.equal(untestedCode('xx-Latn-yy'), 'xx-Latn-YY');
});

test('auto is auto, however it is written', () => {
  assert.ok(['auto', 'AUTO', ' Auto '].every(isAuto));
  assert.ok(!isAuto('automatic'));
});
