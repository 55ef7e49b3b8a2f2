import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newContact, type Contact } from '../contacts/contact.ts';
import { findQueue } from '../world.ts';
import { flowPaths, type PathSubject } from './flow-paths.ts';
import { newFlowScope } from './flow-scope.ts';
import { BILLING_ARN } from './flow.fixture.ts';

const world = laptopWorld();

function paths(contact: Partial<Contact> = {}, subject: Partial<PathSubject> = {}) {
  return flowPaths({
    contact: newContact({
      id: 'c1',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      initiatedAtMs: 0,
      customerNumber: '+15555550142',
      systemNumber: '+15555550100',
      attributes: new Map([
        ['name', 'Ana'],
        ['first name', 'Ana Maria'],
        ['vm-lang', 'en-US'],
      ]),
      ...contact,
    }),
    agent: undefined,
    scope: newFlowScope(),
    world,
    ...subject,
  });
}

test('words and paths can be mixed, and a full stop is not part of a path', () => {
  const { text } = paths();

  assert.equal(text('Hi $.Attributes.name, $.Channel. Bye'), 'Hi Ana, VOICE. Bye');
  assert.equal(text('$.Attributes.name-$.Attributes.vm-lang'), 'Ana-en-US');
});

test('brackets take names that dots cannot', () => {
  const { text } = paths();

  assert.equal(text("$['Attributes']['first name']!"), 'Ana Maria!');
  assert.equal(text("$.Attributes['name']"), 'Ana');
  assert.equal(text("$.SegmentAttributes['connect:Subtype']"), 'connect:Telephony');
});

test('a path without a value is empty within words, and undefined alone', () => {
  const { text, single } = paths();

  assert.equal(text('<$.Attributes.nobody>'), '<>');
  assert.equal(text('$.BadValue$.Attributes.name.more$.toString'), '');
  assert.equal(single('$.Attributes.nobody'), undefined);
  assert.equal(single('$.Queue.ARN'), undefined);
});

test('an empty attribute counts as absent', () => {
  const { single } = paths({ attributes: new Map([['name', '']]) });

  assert.equal(single('$.Attributes.name'), undefined);
});

test('a single value is one path, or words that stay unchanged', () => {
  const { single } = paths();

  assert.equal(single('$.Attributes.name'), 'Ana');
  assert.equal(single('b1b1b1b1'), 'b1b1b1b1');
  assert.equal(single('Hi $.Attributes.name'), 'Hi $.Attributes.name');
});

test('flows see both ends of a call, its queue, its language and its live stream', () => {
  const queue = findQueue(world, BILLING_ARN);
  const { text } = paths({
    settings: {
      ...newContact({ id: '', channel: 'VOICE', initiationMethod: 'INBOUND', initiatedAtMs: 0 }).settings,
      ...(queue && { targetQueue: queue }),
      languageCode: 'es-US',
      voiceId: 'Lupe',
    },
    mediaStream: { streamArn: 'arn:stream', startedAtMs: 1_772_632_824_310, startFragmentNumber: '91' },
  });

  assert.equal(text('$.CustomerEndpoint.Address > $.SystemEndpoint.Address'), '+15555550142 > +15555550100');
  assert.equal(text('$.Queue.Name $.Queue.OutboundCallerId.Address'), 'Billing +15555550100');
  assert.equal(text('$.Queue.ARN'), BILLING_ARN);
  assert.equal(text('$.LanguageCode $.TextToSpeechVoiceId'), 'es-US Lupe');
  assert.equal(text('$.MediaStreams.Customer.Audio.StreamARN'), 'arn:stream');
  assert.equal(text('$.MediaStreams.Customer.Audio.StartTimestamp'), '1772632824310');
  assert.equal(text('$.MediaStreams.Customer.Audio.StopTimestamp'), '');
});

test('a task has references and no numbers', () => {
  const task = newContact({
    id: 't1',
    channel: 'TASK',
    initiationMethod: 'API',
    initiatedAtMs: 0,
    name: 'Voicemail',
    references: { Player: { type: 'URL', value: 'https://example.com' } },
  });
  const { text } = paths({}, { contact: task });

  assert.equal(
    text('$.Name: $.References.Player.Value ($.References.Player.Type)'),
    'Voicemail: https://example.com (URL)',
  );
  assert.equal(text('$.CustomerEndpoint.Address'), '');
});

test('an answer of a function is read at any depth, and values become text', () => {
  const external = { a: { b: [{ c: 7 }] }, flag: true };
  const { text } = paths({}, { scope: { ...newFlowScope(), external } });

  assert.equal(text('$.External.a.b[0].c $.External.flag'), '7 true');
  assert.equal(text('$.External.a'), '{"b":[{"c":7}]}');
});

test('the agent is known in flows that have one', () => {
  const [agent] = world.users;
  const { text } = paths({}, { agent });

  assert.equal(text('$.Agent.FirstName $.Agent.LastName, $.Agent.UserName'), 'Ana Ruiz, ana.ruiz');
  assert.equal(paths().text('$.Agent.UserName'), '');
});

test('in a structure, a path alone becomes its value, of any type', () => {
  const external = { rows: [1, 2] };
  const { deep } = paths({}, { scope: { ...newFlowScope(), external } });

  const filled = deep({
    box: { Text: '<b>$.Attributes.name</b>' },
    rows: '$.External.rows',
    no: '$.External.no',
  });

  assert.deepEqual(filled, { box: { Text: '<b>Ana</b>' }, rows: [1, 2], no: '' });
});
