import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEXT_NAMES } from '../flows/texts.ts';
import written from '../voicemail.config.ts';
import { settingWarnings } from './config-warnings.ts';
import { parseConfig } from './config.ts';

/** With texts and voices, so that only the languages themselves are in question. */
function warned(
  languages: readonly string[] | undefined,
  change: Record<string, unknown> = {},
): readonly string[] {
  const texts = Object.fromEntries(TEXT_NAMES.map((name) => [name, 'A text.']));
  const flows = languages && {
    languages,
    texts: Object.fromEntries(languages.map((code) => [code, texts])),
    voices: Object.fromEntries(languages.map((code) => [code, { name: 'Lupe', engine: 'Neural' }])),
  };
  const { flows: _, ...rest } = written;
  return settingWarnings(parseConfig({ ...rest, ...(flows && { flows }), ...change }));
}

test('the settings in the repository need no warning', () => {
  assert.deepEqual(settingWarnings(written), []);
});

test('a language that Transcribe writes otherwise is taken for that, and said', () => {
  for (const [code, own] of [
    ['nb-NO', 'no-NO'],
    ['cmn-CN', 'zh-CN'],
    ['arb', 'ar-SA'],
    ['en-GB-WLS', 'en-WL'],
  ] as const) {
    const said = `"${code}" is not a language code of Amazon Transcribe, which writes "${own}"; messages are transcribed as "${own}"`;

    assert.deepEqual(warned([code]), [`flows.languages: ${said}`]);
    assert.deepEqual(warned(undefined, { defaultLanguage: code }), [`defaultLanguage: ${said}`]);
  }
});

test('a language that Transcribe does not have is said, with the one that is nearest', () => {
  assert.deepEqual(warned(undefined, { defaultLanguage: 'de-AT' }), [
    `defaultLanguage: ${tried('de-AT')}; the nearest that it is known to have is "de-DE"`,
  ]);
  assert.deepEqual(warned(['en-CA']), [
    `flows.languages: ${tried('en-CA')}; the nearest that it is known to have is "en-US"`,
  ]);
  assert.deepEqual(warned(['xx-YY']), [
    `flows.languages: ${tried('xx-YY')}; docs/languages.md has the codes`,
  ]);
});

test('more languages than AWS advises are said', () => {
  const six = ['en-US', 'es-US', 'fr-CA', 'de-DE', 'it-IT', 'pt-BR'];

  assert.deepEqual(warned(six), [
    "flows.languages: where a language is to be identified ('auto'), 6 are offered; AWS advises against more than 5",
  ]);
  assert.deepEqual(warned(six.slice(1)), []);
});

test('languages that are left out where one is to be identified are said', () => {
  const about = "flows.languages: where a language is to be identified ('auto'), ";

  assert.deepEqual(warned(['en-US', 'en-GB', 'sv-SE', 'fr-FR']), [
    `${about}"en-GB" is left out: of the dialects of a language only the first, "en-US", can be offered`,
    `${about}"sv-SE" is left out: Amazon Transcribe cannot identify it`,
  ]);
  assert.match(
    warned(['en-US', 'fr-FR', 'de-AT'])[1] ?? '',
    /"de-AT" is left out, as Amazon Transcribe is not known/,
  );
});

test('auto without languages to choose from is said', () => {
  const auto = { defaultLanguage: 'auto' };

  assert.match(
    warned(undefined, auto)[0] ?? '',
    /^defaultLanguage: got 'auto'.*Name two to five in flows\.languages$/,
  );
  assert.match(warned(['en-GB', 'en-US'], auto)[0] ?? '', /every message is transcribed as en-GB$/);
  assert.match(warned(['sv-SE'], auto)[0] ?? '', /every message is transcribed as sv-SE$/);
  assert.deepEqual(warned(['en-US', 'es-US'], auto), []);
});

test('Arabic that a Region does not take from the telephone is said', () => {
  assert.match(settingWarnings(inArabic('af-south-1'))[0] ?? '', /^defaultLanguage: in af-south-1 .* 16 kHz/);
  assert.deepEqual(settingWarnings(inArabic('eu-west-2')), []);
});

function tried(code: string): string {
  return `"${code}" is not a language code of Amazon Transcribe: it is tried, and if Transcribe does not know it, voicemails have no transcript`;
}

function inArabic(region: string) {
  const { flows: _, ...rest } = written;
  const config = JSON.stringify({ ...rest, defaultLanguage: 'ar-SA' });
  return parseConfig(JSON.parse(config.replaceAll('us-east-1', region)));
}

test('what a Region lacks by the documentation of AWS is said before a deployment fails', () => {
  const govCloud = JSON.parse(
    JSON.stringify({ ...written, links: { host: 'function-url' } })
      .replaceAll('arn:aws:', 'arn:aws-us-gov:')
      .replaceAll('us-east-1', 'us-gov-west-1'),
  );
  const warnings = settingWarnings(parseConfig(govCloud)).join('\n');

  assert.match(warnings, /us-gov-west-1 does not have Lambda function URLs/);
  assert.doesNotMatch(settingWarnings(written).join('\n'), /does not have/);
});

test('mails that may go to every domain are said once', () => {
  const { allowedDomains: _, ...email } = written.email ?? { from: 'vm@example.com', recording: 'link' };

  assert.match(
    warned(undefined, { email })[0] ?? '',
    /^email\.allowedDomains: got nothing, so everybody who is named/,
  );
  assert.equal(warned(undefined, { email }).length, 1);
});

test('what is archived for less than is paid for, or where agents still need it, is said', () => {
  const kept = (recordings: Record<string, unknown>, change: Record<string, unknown> = {}) =>
    warned(undefined, { retention: { recordings }, ...change });

  assert.match(
    String(kept({ archiveAfterDays: 90, archiveTo: 'deep', deleteAfterDays: 269 })),
    /^retention\.recordings: S3 Glacier Deep Archive is paid for 180 days at least, and they are deleted after 179 days there/,
  );
  assert.deepEqual(kept({ archiveAfterDays: 90, archiveTo: 'deep', deleteAfterDays: 270 }), []);
  const early = { archiveAfterDays: 20, archiveTo: 'flexible', deleteAfterDays: 'never' };
  assert.match(
    String(kept(early, { linkDays: 30, taskDays: 21 })),
    /^retention\.recordings\.archiveAfterDays: got 20, and links work for 30 days and tasks wait for 21 days:/,
  );
  assert.deepEqual(kept({ ...early, archiveTo: 'instant' }, { linkDays: 30, taskDays: 21 }), []);
  assert.match(
    String(warned(undefined, { retention: { transcripts: { ...early, archiveTo: 'instant' } } })),
    /nothing below 128 KB/,
  );
});
