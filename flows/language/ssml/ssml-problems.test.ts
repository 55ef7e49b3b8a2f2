import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf, ssmlProblems, UNKNOWN_CHARACTER } from './ssml-problems.ts';
import type { PollyEngine } from './ssml-tags.ts';

/** `refused 1:14 what is wrong`; the second sentence and the others are left out. */
const found = (text: string, engine?: PollyEngine) =>
  ssmlProblems(text, { engine }).map(
    ({ outcome, line, column, message }) => `${outcome} ${line}:${column} ${message.split('. ')[0]}`,
  );

const speak = (content: string) => `<speak>${content}</speak>`;

const SOUND = [
  speak('Smith &amp; Sons'),
  speak('5 &lt; 6 &gt; 4, &#233;t&#xE9;, "quoted", it\'s'),
  speak('<![CDATA[Smith & Sons <3]]>'),
  speak('<!-- Smith & Sons --> Hello.'),
  '  <speak>\n  Hello.\n</speak>\n',
  '<?xml version="1.0"?>\n<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">Hi</speak>',
  speak('<p><s>One.</s><s xml:lang="en-US">Two.</s></p>'),
  speak('<break/><break strength="x-strong"/><break time="10s"/><break time="10000ms"/><break time=".5s"/>'),
  speak('<prosody rate="85%" volume="-6dB">a</prosody><prosody rate="-10%">a</prosody>'),
  speak('<prosody rate="2" volume="loud">a</prosody>'),
  speak('<say-as interpret-as="date" format="mdy">12-31-1900</say-as>'),
  speak('<say-as interpret-as="date">????0922</say-as>'),
  speak('<sub alias="Mercury">Hg</sub> <w role="amazon:VBD">read</w> <mark name="here"/>'),
  speak(`<phoneme alphabet='x-sampa' ph='pI"kA:n'>pecan</phoneme>`),
  speak('Mi piace <lang xml:lang="en-US">Bruce Springsteen.</lang>'),
  speak('<amazon:effect name="whispered">a</amazon:effect><prosody pitch="+10%">a</prosody>'),
  speak('<amazon:domain name="news">a</amazon:domain>'),
  speak('<break time="1s"></break>'),
];

for (const text of SOUND) {
  test(`nothing is wrong with ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), []));
}

const BROKEN: readonly (readonly [string, string])[] = [
  [speak('Smith & Sons'), 'refused 1:14 "&" begins an entity in SSML'],
  [speak('\nTom & Jerry'), 'refused 2:5 "&" begins an entity in SSML'],
  [speak('\r\nTom & Jerry'), 'refused 2:5 "&" begins an entity in SSML'],
  [speak('&amp Sons'), 'refused 1:8 "&" begins an entity in SSML'],
  [speak('<!-- & --> Tom & Jerry'), 'refused 1:23 "&" begins an entity in SSML'],
  [speak('<sub alias="R&D">x</sub>'), 'refused 1:21 "&" begins an entity in SSML'],
  [
    speak('a&nbsp;b'),
    'refused 1:9 &nbsp; is not an entity of XML, which has only &amp;, &lt;, &gt;, &quot; and &apos;',
  ],
  [
    '<!DOCTYPE speak [<!ENTITY a "b">]><speak>&a;</speak>',
    'refused 1:42 &a; is not an entity of XML, which has only &amp;, &lt;, &gt;, &quot; and &apos;',
  ],
  [
    '<!DOCTYPE speak><speak>a</speak>',
    'refused 1:1 Here stands a document type declaration, which is not a part of SSML for Amazon Polly',
  ],
  [
    speak('<?php a?>b'),
    'refused 1:8 Here stands a processing instruction, which is not a part of SSML for Amazon Polly',
  ],
  [
    ' <?xml version="1.0"?><speak>a</speak>',
    'refused 1:2 Here stands <?xml …?>, which may only be at the very beginning',
  ],
  [speak('&#0;'), 'refused 1:8 XML has no character of this number.'],
  [speak('&#xD800;'), 'refused 1:8 XML has no character of this number.'],
  [speak('a\u0001'), 'refused 1:9 The invisible character U+0001 is not allowed in SSML'],
  [
    speak('a\uD83D'),
    'refused 1:9 Half of a character stands here, as when a text was cut in the middle of one',
  ],
  ['\uFEFF<speak>a</speak>', 'refused 1:1 An invisible character (byte order mark) stands before <speak>'],
  [speak('5 < 6'), 'refused 1:10 "<" begins a tag in SSML'],
  [speak('I <3 you'), 'refused 1:10 "<" begins a tag in SSML'],
  [speak('<sub alias="a<b">x</sub>'), 'refused 1:21 "<" is not allowed in a value'],
  [speak('a ]]> b'), 'refused 1:12 "]]>" is not allowed here'],
  [speak('<!-- a -- b -->c'), 'refused 1:17 A comment must not have "--" in it'],
  [
    speak('<break time=1s/>'),
    'refused 1:20 The value of an attribute must stand in quotation marks, as in time="1s".',
  ],
  [speak('<break time=“1s”/>'), 'refused 1:20 The quotation mark “ is a curly one'],
  [speak('<break time/>'), 'refused 1:8 This tag is not written as <name attribute="value"> is.'],
  [speak('<break time="1s"/ >'), 'refused 1:8 This tag is not written as <name attribute="value"> is.'],
  [speak('<break time="1s" time="2s"/>'), 'refused 1:8 The tag has two attributes of one name'],
  [speak('<break time="1s">'), 'refused 1:25 </speak> stands before <break> is closed'],
  [speak('<s><p>a</s></p>'), 'refused 1:15 </s> stands before <p> is closed'],
  [speak('<p>a</P>'), 'refused 1:12 </P> closes a tag that is not open'],
  [speak('a</speak>'), 'refused 1:17 </speak> closes a tag that is not open'],
  ['<speak>a', 'refused 1:1 <speak> is never closed'],
  ['<speak><p>a', 'refused 1:8 <p> is never closed'],
  ['<speak>a<break', 'refused 1:9 The text ends before this is closed.'],
  ['<speak', 'refused 1:1 The text ends before this is closed.'],
  ['Hello', 'refused 1:1 There is no <speak>'],
  [' ', 'refused 1:1 There is no <speak>'],
  ['Hello <speak>a</speak>', 'refused 1:1 Text stands before the first tag'],
  ['<speak>a</speak> b', 'refused 1:18 Text stands after </speak>'],
  ['<speak>a</speak><speak>b</speak>', 'refused 1:17 A second tag stands after </speak>'],
  ['<Speak>a</Speak>', 'refused 1:1 <Speak> stands where <speak> must'],
  [speak('<speak>a</speak>'), 'refused 1:8 <speak> stands in another <speak>'],
];

for (const [text, problem] of BROKEN) {
  test(`${JSON.stringify(text)} is no SSML`, () => assert.deepEqual(found(text), [problem]));
}

const WRONG_TAGS: readonly (readonly [string, string])[] = [
  [
    '<break time="10.1s"/>',
    'time of <break> is "10.1s"; allowed: a time such as 500ms or 1.5s, 10 s at most.',
  ],
  ['<break time="3"/>', 'time of <break> is "3"; allowed: a time such as 500ms or 1.5s, 10 s at most.'],
  ['<break time="-1s"/>', 'time of <break> is "-1s"; allowed: a time such as 500ms or 1.5s, 10 s at most.'],
  ['<break tim="3s"/>', '<break> has no attribute tim; allowed: strength, time.'],
  ['<s rate="slow">a</s>', '<s> has no attribute rate; it takes none.'],
  ['<break time="1s">a</break>', '<break> holds no words'],
  ['<prosody>a</prosody>', '<prosody> needs one of volume, rate, pitch, amazon:max-duration.'],
  [
    '<prosody rate="19%">a</prosody>',
    'rate of <prosody> is "19%"; allowed: one of default, x-slow, slow, medium, fast, x-fast, or 20% to 200%.',
  ],
  [
    '<prosody volume="6dB">a</prosody>',
    'volume of <prosody> is "6dB"; allowed: one of default, silent, x-soft, soft, medium, loud, x-loud, or a change such as +6dB.',
  ],
  ['<say-as>a</say-as>', '<say-as> has no interpret-as'],
  [
    '<say-as interpret-as="date" format="us">a</say-as>',
    'format of <say-as> is "us"; allowed: one of mdy, dmy, ymd, md, dm, ym, my, d, m, y, yyyymmdd.',
  ],
  ['<sub alias=" ">a</sub>', 'alias of <sub> is " "; allowed: a text that is not empty.'],
  [
    '<lang xml:lang="english">a</lang>',
    'xml:lang of <lang> is "english"; allowed: a language code of Amazon Polly such as en-US.',
  ],
  [
    '<w role="verb">a</w>',
    'role of <w> is "verb"; allowed: a part of speech such as amazon:VB, or amazon:SENSE_1.',
  ],
  [
    '<amazon:effect name="whisper">a</amazon:effect>',
    'name of <amazon:effect> is "whisper"; allowed: one of whispered.',
  ],
];

for (const [content, problem] of WRONG_TAGS) {
  test(`Amazon Polly refuses ${content}`, () =>
    assert.deepEqual(found(speak(content)), [`refused 1:8 ${problem}`]));
}

test('tags that Amazon Connect does not support are ignored, with the words in them said', () => {
  for (const tag of ['emphasis', 'audio', 'voice', 'bold', 'amazon:auto-breaths']) {
    assert.deepEqual(found(speak(`<${tag}>a</${tag}>`)), [
      `ignored 1:8 <${tag}> is not one of the tags that Amazon Connect supports`,
    ]);
  }
  assert.equal(found(speak('<amazon:effect name="drc">a</amazon:effect>')).length, 1);
  assert.deepEqual(found(speak('a<Break/>')), [
    'ignored 1:9 Write tags in lower case: <break> instead of <Break>.',
  ]);
});

const enginesRefusing = (text: string) =>
  (['Standard', 'Neural', 'Long-form', 'Generative'] as const).filter(
    (engine) => found(text, engine).length > 0,
  );

test('an engine says only what it has; what is not known is accepted', () => {
  const whispered = speak('<amazon:effect name="whispered">a</amazon:effect>');
  const low = speak('<prosody rate="slow" pitch="low">a</prosody>');
  const news = speak('<amazon:domain name="news">a</amazon:domain>');

  assert.deepEqual(enginesRefusing(whispered), ['Neural', 'Long-form', 'Generative']);
  assert.deepEqual(enginesRefusing(low), ['Neural', 'Long-form', 'Generative']);
  assert.deepEqual(enginesRefusing(news), ['Standard', 'Long-form', 'Generative']);
  assert.deepEqual(enginesRefusing(speak('<prosody rate="slow">a</prosody>')), []);
});

test('all problems are reported, in the order of the text, if it can be read', () => {
  assert.deepEqual(
    found(speak('<break time="11s"/>\n<sub>x</sub><emphasis><break time="12s"/></emphasis>')),
    [
      'refused 1:8 time of <break> is "11s"; allowed: a time such as 500ms or 1.5s, 10 s at most.',
      'refused 2:1 <sub> has no alias',
      'ignored 2:13 <emphasis> is not one of the tags that Amazon Connect supports',
      'refused 2:23 time of <break> is "12s"; allowed: a time such as 500ms or 1.5s, 10 s at most.',
    ],
  );
});

test('6,000 characters, of which 3,000 are spoken, are the most', () => {
  const pauses = '<break time="1s"/>'.repeat(333);

  assert.deepEqual(found(speak('x'.repeat(3000))), []);
  assert.deepEqual(found(speak('x'.repeat(3001))), [
    'refused 1:1 The text has 3001 characters that are spoken; Amazon Polly takes 3000 at most',
  ]);
  assert.deepEqual(found(speak(pauses)), [
    'refused 1:1 The text has 6009 characters; Amazon Polly takes 6000 at most',
  ]);
});

test('for endless nested tags the only problem is the length', () => {
  const text = speak(`${'<p>'.repeat(20_000)}${'</p>'.repeat(20_000)}`);

  assert.match(String(found(text)), /^refused 1:1 The text has 140015 characters/);
});

test('an empty text is reported', () => {
  for (const text of ['<speak/>', '<speak> </speak>', speak('<p></p>')]) {
    assert.match(String(found(text)), /^ignored 1:1 There are no words and no pause/);
  }
});

test('values that are not known before the flow runs are accepted, and the rest is checked', () => {
  const unknown = UNKNOWN_CHARACTER.repeat(5);

  assert.deepEqual(found(speak(`Hello ${unknown}<break time="${unknown}"/>`)), []);
  assert.deepEqual(found(speak(`<${unknown}>`)), []);
  assert.deepEqual(found(speak(`${unknown} & Sons`)), ['refused 1:14 "&" begins an entity in SSML']);
  assert.deepEqual(found(speak(`Smith &${unknown}`)), ['refused 1:14 "&" begins an entity in SSML']);
});

test('a place is written in words', () => {
  const [problem] = ssmlProblems(speak('a & b'));

  assert.equal(problem && placeOf(problem), 'line 1, column 10');
  assert.equal(problem?.message, '"&" begins an entity in SSML. Write &amp; for the sign.');
});
