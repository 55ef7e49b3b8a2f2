import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowSettings } from './settings.ts';
import { textProblems } from './spoken-texts.ts';

const WHISPERED = '<speak><amazon:effect name="whispered">Hello.</amazon:effect></speak>';

const greetings = (ssml: Readonly<Record<string, string>>): NonNullable<FlowSettings['texts']> =>
  Object.fromEntries(Object.entries(ssml).map(([code, text]) => [code, { greeting: { ssml: text } }]));

test('SSML that Amazon Polly refuses is reported, language by language, with its place', () => {
  const texts = greetings({
    'en-US': '<speak>Smith & Sons</speak>',
    'es-US': '<speak>\n<break time="11s"/></speak>',
  });

  assert.deepEqual(textProblems({ texts }), [
    'en-US greeting.ssml, line 1, column 14: "&" begins an entity in SSML. Write &amp; for the sign.',
    'es-US greeting.ssml, line 2, column 1: time of <break> is "11s"; allowed: a time such as 500ms or 1.5s, 10 s at most.',
  ]);
});

test('tags that would be ignored are reported too: they have no effect', () => {
  assert.match(
    String(textProblems({ texts: greetings({ 'en-US': '<speak>A <emphasis>word</emphasis>.</speak>' }) })),
    /^en-US greeting\.ssml, line 1, column 10: <emphasis> is not one of the tags that Amazon Connect supports/,
  );
});

test('the voice of the language decides, which is Neural where it is ours', () => {
  const texts = greetings({ 'en-US': WHISPERED });
  const spokenBy = (engine: 'Standard' | 'Generative') =>
    textProblems({ texts, voices: { 'en-US': { name: 'Joanna', engine } } }).length === 0;

  assert.match(
    String(textProblems({ texts })),
    /Neural voices do not support <amazon:effect name="whispered">/,
  );
  assert.ok(spokenBy('Standard'));
  assert.ok(!spokenBy('Generative'));
});

test('signs in a text are text, tags and entities are reported', () => {
  assert.deepEqual(
    textProblems({ texts: { 'en-US': { greeting: 'Smith & Sons: <3', thanks: 'Thanks, 5 < 6.' } } }),
    [],
  );
  assert.deepEqual(
    textProblems({
      texts: { 'en-US': { oneMoment: 'One moment.<break time="1s"/>', thanks: 'Smith &amp; Sons' } },
    }),
    [
      'en-US oneMoment has <break time="1s"/> in it, which callers would hear read out. Remove it; only the greeting may be SSML.',
      'en-US thanks has &amp; in it, which callers would hear read out. Write the character itself.',
    ],
  );
});
