import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { TRANSCRIBE_LANGUAGES } from '../src/domain/languages.ts';
import { parseFlow } from './language/document.ts';
import { callerSettings, type FlowSettings, languageProblems } from './settings.ts';
import { DEFAULT_LANGUAGES } from './texts.ts';
import { voicemailModule } from './voicemail-module.ts';

const codesOf = (settings: FlowSettings, defaultLanguage: string) =>
  callerSettings(settings, defaultLanguage).languages.map(({ code }) => code);

const speaksAlike = (settings: FlowSettings, defaultLanguage: string) =>
  callerSettings(settings, defaultLanguage).speakAsSpokenTo;

/** Amazon Polly has no voice for it, so that there will be none. */
const WITHOUT_TEXTS = 'zu-ZA';

test('callers are spoken to in the default language where there are texts for it, else in English', () => {
  assert.deepEqual(codesOf({}, 'es-US'), ['es-US']);
  assert.deepEqual(codesOf({}, 'auto'), ['en-US']);
  assert.deepEqual(codesOf({}, WITHOUT_TEXTS), ['en-US']);
  assert.deepEqual(codesOf({ languages: ['es-US', 'en-US'] }, 'en-US'), ['es-US', 'en-US']);
});

test('callers speak what they hear, unless that is to be identified, or there are no texts for it', () => {
  assert.ok(speaksAlike({}, 'es-US'));
  assert.ok(speaksAlike({ languages: ['es-US'] }, WITHOUT_TEXTS));
  assert.ok(!speaksAlike({ languages: ['es-US'] }, 'auto'));
  assert.ok(!speaksAlike({}, WITHOUT_TEXTS));
});

test('a language that needs no settings is one that Transcribe hears, and docs/flows.md names it with its voice', () => {
  const page = readFileSync('docs/flows.md', 'utf8');
  const [texts = '', voices = ''] = ['texts', 'voices'].map((setting) =>
    page.split('\n').find((line) => line.startsWith(`| \`${setting}\` |`)),
  );

  for (const [code, { voice }] of Object.entries(DEFAULT_LANGUAGES)) {
    assert.ok(TRANSCRIBE_LANGUAGES.includes(code), code);
    assert.ok(texts.includes(`\`${code}\``), `${code} among the texts`);
    assert.ok(
      voices.includes(`${voice.name} (\`${code}\`, ${voice.engine})`),
      `${voice.name} among the voices`,
    );
  }
});

test('a message is in the language that the caller hears, if the flow before names none of ours', () => {
  const { content } = voicemailModule(callerSettings({ languages: ['es-US', 'en-US'] }));
  const unknown = voicemailModule(callerSettings({ languages: ['es-US', 'en-US'] }, 'auto'));
  const actions = new Map(parseFlow(content).Actions.map((action) => [action.Identifier, action]));

  const { NextAction, Conditions = [] } = actions.get('Which language?')?.Transitions ?? {};
  assert.equal(NextAction, 'Message in es-US');
  assert.deepEqual(actions.get('Message in es-US')?.Parameters['Attributes'], { vmx3_lang: 'es-US' });
  assert.deepEqual(
    Conditions.map(({ Condition, NextAction: next }) => [Condition.Operands[0], next]),
    [
      ['es-US', 'Voice in es-US'],
      ['en-US', 'Voice in en-US'],
      ['auto', 'Voice in es-US'],
    ],
  );
  assert.doesNotMatch(unknown.content, /Message in/);
});

test('one text replaced leaves the others, and the voice', () => {
  const { languages } = callerSettings({ texts: { 'en-US': { thanks: 'Thanks.' } } });

  assert.deepEqual(languages[0], {
    code: 'en-US',
    voice: DEFAULT_LANGUAGES['en-US']?.voice,
    texts: { ...DEFAULT_LANGUAGES['en-US']?.texts, thanks: 'Thanks.' },
  });
});

test('a language with a voice and all texts of its own needs no defaults', () => {
  const { 'es-US': spanish } = DEFAULT_LANGUAGES;
  assert.ok(spanish);
  const settings: FlowSettings = {
    languages: ['es-MX'],
    texts: { 'es-MX': spanish.texts },
    voices: { 'es-MX': { name: 'Mia', engine: 'Neural' } },
  };

  assert.deepEqual(languageProblems(settings, 'en-US'), []);
  assert.deepEqual(codesOf(settings, 'en-US'), ['es-MX']);
});

test('texts of a language that is not spoken, and a language that is listed twice, are reported', () => {
  const settings: FlowSettings = {
    languages: ['en-US', 'en-US'],
    texts: { 'es-US': { thanks: 'Gracias.' } },
  };

  assert.deepEqual(languageProblems(settings, 'en-US'), [
    'es-US is not one of the languages',
    'en-US is there twice',
  ]);
});

test('a greeting is text, SSML or a prompt, language by language', () => {
  const ssml = '<speak>After the <prosody rate="slow">tone</prosody>.</speak>';
  const promptArn =
    'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa/prompt/c1c1c1c1-0000-4000-8000-00000000c001';
  const greetings = [{ ssml }, { promptArn }, 'After the tone.'].map((greeting) => {
    const settings = callerSettings({ texts: { 'en-US': { greeting } } });
    return parseFlow(voicemailModule(settings).content).Actions.find(
      (action) => action.Identifier === 'Greeting in en-US',
    )?.Parameters;
  });

  assert.deepEqual(greetings, [{ SSML: ssml }, { PromptId: promptArn }, { Text: 'After the tone.' }]);
});
