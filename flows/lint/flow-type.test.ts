import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument, says } from '../../test/flow-document.ts';
import { flowTypesOf } from './flow-type.ts';
import { lintFlow } from './lint-flow.ts';

const END = flowDocument({ end: { type: 'DisconnectParticipant' } });
const typesWith = (...types: readonly string[]) =>
  flowTypesOf(flowDocument(Object.fromEntries(types.map((type) => [type, { type }]))));

test('the type that the designer wrote down counts first', () => {
  assert.deepEqual(flowTypesOf({ ...END, Metadata: { type: 'agentWhisper' }, Settings: {} }), [
    'AGENT_WHISPER',
  ]);
});

test('settings, or the end of a module, make a module', () => {
  assert.deepEqual(flowTypesOf({ ...END, Settings: {} }), ['MODULE']);
  assert.deepEqual(typesWith('MessageParticipant', 'EndFlowModuleExecution'), ['MODULE']);
});

test('actions leave the types that may have all of them', () => {
  assert.deepEqual(typesWith('MessageParticipantIteratively', 'EndFlowExecution'), ['CUSTOMER_QUEUE']);
  assert.deepEqual(typesWith('MessageParticipantIteratively'), [
    'CUSTOMER_QUEUE',
    'CUSTOMER_HOLD',
    'AGENT_HOLD',
  ]);
  assert.deepEqual(typesWith('MessageParticipant', 'EndFlowExecution'), [
    'CUSTOMER_QUEUE',
    'CUSTOMER_WHISPER',
    'AGENT_WHISPER',
    'OUTBOUND_WHISPER',
  ]);
  assert.deepEqual(typesWith('CompleteOutboundCall', 'EndFlowExecution'), ['OUTBOUND_WHISPER']);
  assert.deepEqual(typesWith('UpdateContactRoutingBehavior', 'TransferContactToQueue', 'ShowView'), [
    'CONTACT_FLOW',
    'MODULE',
  ]);
});

test('actions that no type has together leave the nearest types', () => {
  assert.deepEqual(typesWith('MessageParticipantIteratively', 'EndFlowExecution', 'InvokeFlowModule'), [
    'CUSTOMER_QUEUE',
  ]);
});

test('an action that is not known says nothing about the type', () => {
  assert.deepEqual(typesWith('PlayHologram', 'EndFlowModuleExecution'), ['MODULE']);
});

test('the type is asked for where it matters, and nowhere else', () => {
  const whisper = flowDocument({ hello: says('Hello.', 'end'), end: { type: 'EndFlowExecution' } });
  const flags = flowDocument({
    flag: {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { vmx3_flag: '1' } },
      next: 'end',
      errors: { NoMatchingError: 'end' },
    },
    end: { type: 'DisconnectParticipant' },
  });

  const ofFlags = lintFlow({ name: 'flags', document: flags });
  const asModule = lintFlow({ name: 'flags', document: flags, type: 'MODULE' });

  assert.deepEqual(lintFlow({ name: 'whisper', document: whisper }), []);
  assert.deepEqual(
    ofFlags.map(({ severity, rule }) => `${severity} ${rule}`),
    ['error silent-failure', 'warning flag-without-streaming', 'note flow-type'],
  );
  assert.match(
    ofFlags.at(-1)?.message ?? '',
    /CONTACT_FLOW \(missing-attributes\)[^]*Say the type with --type\.$/,
  );
  assert.ok(!asModule.some(({ rule }) => rule === 'flow-type'));
});

test('what is wrong in every type is said of none', () => {
  const document = flowDocument({
    hello: { type: 'MessageParticipant', parameters: { Text: 'Hi' } },
    end: { type: 'EndFlowExecution' },
  });

  const [first, ...others] = lintFlow({ name: 'whisper', document });

  assert.match(first?.message ?? '', /would not publish this flow: Action is missing/);
  assert.deepEqual(
    others.map(({ rule }) => rule),
    ['unreachable-action'],
  );
});
