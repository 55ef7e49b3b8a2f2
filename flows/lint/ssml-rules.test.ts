import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument, listens, says, type ShortAction, type ShortFlow } from '../../test/flow-document.ts';
import type { FlowType } from '../language/document.ts';
import { lintFlow } from './lint-flow.ts';

const END = { type: 'DisconnectParticipant' } as const;
const BROKEN = '<speak>Smith & Sons</speak>';
const WHISPERED = '<speak><amazon:effect name="whispered">Hello.</amazon:effect></speak>';

const lint = (flow: ShortFlow, type: FlowType = 'CONTACT_FLOW') =>
  lintFlow({ name: 'test', document: flowDocument(flow), type });

/** `error broken-ssml @ say` */
const found = (flow: ShortFlow, type?: FlowType) =>
  lint(flow, type).map(({ severity, rule, action }) => `${severity} ${rule} @ ${action}`);

const prompt = (parameters: Readonly<Record<string, unknown>>, next = 'end'): ShortAction => ({
  type: 'MessageParticipant',
  parameters,
  next,
  errors: { NoMatchingError: next },
});

const withPrompt = (parameters: Readonly<Record<string, unknown>>): ShortFlow => ({
  say: prompt(parameters),
  end: END,
});

const voice = (engine: string | undefined, next: string, failed = next): ShortAction => ({
  type: 'UpdateContactTextToSpeechVoice',
  parameters: { TextToSpeechVoice: 'Joanna', ...(engine !== undefined && { TextToSpeechEngine: engine }) },
  next,
  errors: { NoMatchingError: failed },
});

const foundAfter = (engine: string | undefined) =>
  found({ voice: voice(engine, 'say'), say: prompt({ SSML: WHISPERED }), end: END });

const foundInText = (text: string) => found({ say: says(text, 'end'), end: END });

test('SSML that Amazon Polly refuses is an error, with the place and what to write', () => {
  assert.deepEqual(lint(withPrompt({ SSML: '<speak>\n  Smith & Sons\n</speak>' })), [
    {
      severity: 'error',
      action: 'say',
      rule: 'broken-ssml',
      message:
        'SSML, line 2, column 9: "&" begins an entity in SSML. Write &amp; for the sign. Until then, callers hear ' +
        'nothing of this prompt, and the flow takes its error branch.',
    },
  ]);
});

test('SSML is checked wherever it stands', () => {
  const menu = { ...listens('end'), parameters: { ...listens('end').parameters, SSML: BROKEN } };
  const loop = {
    type: 'MessageParticipantIteratively',
    parameters: { Messages: [{ Text: 'Please wait.' }, { SSML: BROKEN }], InterruptFrequencySeconds: '30' },
    next: 'end',
    conditions: { MessagesInterrupted: 'end' },
  };
  const bot = {
    type: 'ConnectParticipantWithLexBot',
    parameters: { SSML: BROKEN, LexV2Bot: { AliasArn: 'arn:aws:lex:us-east-1:111122223333:bot-alias/A/B' } },
    next: 'end',
    errors: { NoMatchingCondition: 'end', NoMatchingError: 'end' },
  };
  const kept = {
    type: 'UpdateFlowAttributes',
    parameters: { FlowAttributes: { greeting: { Value: BROKEN } } },
    next: 'end',
    errors: { NoMatchingError: 'end' },
  };

  assert.deepEqual(found({ act: menu, end: END }), ['error broken-ssml @ act']);
  assert.deepEqual(found({ act: loop, end: END }, 'CUSTOMER_QUEUE'), ['error broken-ssml @ act']);
  assert.match(
    lint({ act: loop, end: END }, 'CUSTOMER_QUEUE')[0]?.message ?? '',
    /^Messages\[1\]\.SSML, line 1/,
  );
  assert.deepEqual(found({ act: bot, end: END }), ['error broken-ssml @ act']);
  assert.deepEqual(found({ act: kept, end: END }), ['error broken-ssml @ act']);
  assert.match(lint({ act: kept, end: END })[0]?.message ?? '', /^FlowAttributes\.greeting\.Value, line 1/);
});

test('a tag that Amazon Connect ignores is a warning', () => {
  assert.deepEqual(found(withPrompt({ SSML: '<speak>A <emphasis>word</emphasis>.</speak>' })), [
    'warning ignored-ssml @ say',
  ]);
});

test('the voice that is set says which tags there are', () => {
  assert.deepEqual(foundAfter('Neural'), ['error broken-ssml @ say']);
  assert.deepEqual(foundAfter('Generative'), ['error broken-ssml @ say']);
  assert.deepEqual(foundAfter('Standard'), []);
  assert.deepEqual(foundAfter(undefined), []);
});

test('a voice counts from where it is set, on every way to the prompt, and until a module or another voice', () => {
  const module = {
    type: 'InvokeFlowModule',
    parameters: { FlowModuleId: '9a9a9a9a-0000-4000-8000-00000000f901' },
    next: 'say',
    errors: { NoMatchingError: 'end' },
  };
  const say = prompt({ SSML: WHISPERED });
  const language = {
    type: 'Compare',
    parameters: { ComparisonValue: '$.Attributes.language' },
    next: 'standard',
    conditions: { en: 'neural' },
    errors: { NoMatchingCondition: 'standard' },
  };

  assert.deepEqual(
    found({ before: prompt({ SSML: WHISPERED }, 'voice'), voice: voice('Neural', 'end'), end: END }),
    [],
  );
  assert.deepEqual(found({ voice: voice('Neural', 'end', 'say'), say, end: END }), []);
  assert.deepEqual(found({ voice: voice('Neural', 'module'), module, say, end: END }), []);
  assert.deepEqual(
    found({ voice: voice('Neural', 'other'), other: voice('Standard', 'say'), say, end: END }),
    [],
  );
  assert.deepEqual(
    found({ language, neural: voice('Neural', 'say'), standard: voice('Standard', 'say'), say, end: END }),
    ['error broken-ssml @ say'],
  );
});

test('a contact attribute in SSML is a warning, and the rest is checked', () => {
  const [warning, ...others] = lint(
    withPrompt({ SSML: '<speak>Hello $.Attributes.name, of $.External.company.</speak>' }),
  );

  assert.deepEqual(others, []);
  assert.equal(warning?.rule, 'attribute-in-ssml');
  assert.equal(warning?.severity, 'warning');
  assert.match(
    warning?.message ?? '',
    /^SSML has \$\.Attributes\.name, \$\.External\.company in it\. With "&" or "<"/,
  );
  for (const path of [
    '$.Customer.FirstName',
    '$.Queue.Name',
    "$['Attributes']['a b']",
    '$.FlowAttributes.x',
  ]) {
    assert.deepEqual(
      found(withPrompt({ SSML: `<speak>${path}</speak>` })),
      ['warning attribute-in-ssml @ say'],
      path,
    );
  }
  assert.deepEqual(
    lint(withPrompt({ SSML: '<speak>$.Attributes.a $.Attributes.a, Smith & Sons</speak>' })).map(
      ({ rule, message }) => `${rule} ${message.slice(0, 40)}`,
    ),
    [
      'broken-ssml SSML, line 1, column 45: "&" begins an e',
      'attribute-in-ssml SSML has $.Attributes.a in it. With "&" ',
    ],
  );
});

test('numbers and ids need no warning, and may be values', () => {
  assert.deepEqual(
    found(
      withPrompt({
        SSML: '<speak><say-as interpret-as="digits">$.StoredCustomerInput</say-as> $.CustomerEndpoint.Address</speak>',
      }),
    ),
    [],
  );
  assert.deepEqual(found(withPrompt({ SSML: '<speak><break time="$.Metrics.Queue.Size"/></speak>' })), []);
});

test('SSML that is all in an attribute is a warning to check it there', () => {
  const [warning, ...others] = lint(withPrompt({ SSML: '$.Attributes.greeting' }));

  assert.deepEqual(others, []);
  assert.match(warning?.message ?? '', /^SSML is whatever \$\.Attributes\.greeting holds/);
});

test('tags and entities in a text are a warning, other signs are text', () => {
  assert.deepEqual(foundInText('<speak>Hello.</speak>'), ['warning ssml-in-text @ say']);
  assert.deepEqual(foundInText('One moment.<break time="1s"/>'), ['warning ssml-in-text @ say']);
  assert.deepEqual(foundInText('Smith &amp; Sons'), ['warning ssml-in-text @ say']);
  assert.deepEqual(foundInText('Smith & Sons, 5 < 6, I <3 $.Attributes.name'), []);
});

test('what is SSML as a whole and stands for text may be taken either way, and the warning says so', () => {
  for (const text of ['<speak>Hello.</speak>', ' <speak version="1.1">\n<p>Hello.</p>\n</speak>\n']) {
    assert.match(warningOn(text), /^Text is SSML from its beginning to its end\..*does not say whether/);
  }
  for (const text of [
    'Now <speak>Hello.</speak>',
    '<speak>Hello.',
    '<speak>A</speak> and',
    '<speaker>A</speaker>',
  ]) {
    assert.doesNotMatch(warningOn(text), /does not say whether/);
  }
});

function warningOn(Text: string): string {
  return lint(withPrompt({ Text }))[0]?.message ?? '';
}
