import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument } from '../../test/flow-document.ts';
import { flowTypeOf } from './flow-type.ts';

const END = flowDocument({ end: { type: 'DisconnectParticipant' } });

test('the type the designer wrote down counts first', () => {
  assert.equal(flowTypeOf({ ...END, Metadata: { type: 'agentWhisper' }, Settings: {} }), 'AGENT_WHISPER');
});

test('settings, or the end of a module, make a module', () => {
  assert.equal(flowTypeOf({ ...END, Settings: {} }), 'MODULE');
  assert.equal(flowTypeOf(flowDocument({ end: { type: 'EndFlowModuleExecution' } })), 'MODULE');
});

test('a loop of prompts, or the end of a flow, makes a customer queue flow', () => {
  assert.equal(
    flowTypeOf(flowDocument({ hold: { type: 'MessageParticipantIteratively' } })),
    'CUSTOMER_QUEUE',
  );
  assert.equal(flowTypeOf(flowDocument({ end: { type: 'EndFlowExecution' } })), 'CUSTOMER_QUEUE');
});

test('anything else is an inbound flow', () => {
  assert.equal(flowTypeOf({ ...END, Metadata: { type: 'new', status: 'published' } }), 'CONTACT_FLOW');
});
