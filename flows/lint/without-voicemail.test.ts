import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument, listens, says, type ShortFlow, streams } from '../../test/flow-document.ts';
import { lintFlow } from './lint-flow.ts';

const lint = (flow: ShortFlow) =>
  lintFlow({ name: 'test', document: flowDocument(flow), type: 'CONTACT_FLOW' });

/** `severity rule @ action` */
const found = (flow: ShortFlow) =>
  lint(flow).map(({ severity, rule, action }) => `${severity} ${rule} @ ${action}`);

test('streaming in a flow that has nothing to do with voicemail is only asked about', () => {
  const flow: ShortFlow = {
    stream: streams('Enabled', 'hello', { failed: 'hello' }),
    hello: says('Hello.', 'end'),
    end: { type: 'DisconnectParticipant' },
  };

  assert.deepEqual(found(flow), ['note streaming-without-flag @ stream']);
});

test('streams for a transcription, and five minutes of input, are nothing wrong without voicemail', () => {
  const flow: ShortFlow = {
    stream: streams('Enabled', 'listen', { failed: 'end', directions: ['From', 'To'] }),
    listen: listens('stop', '300'),
    stop: streams('Disabled', 'queue'),
    queue: {
      type: 'TransferContactToQueue',
      next: 'end',
      errors: { QueueAtCapacity: 'end', NoMatchingError: 'end' },
    },
    end: { type: 'DisconnectParticipant' },
  };

  const findings = lint(flow);

  assert.deepEqual(
    findings.map(({ severity, rule }) => `${severity} ${rule}`),
    [
      'note streams-to-customer',
      'note streaming-without-flag',
      'note silent-failure',
      'note recording-over-180-seconds',
    ],
  );
  assert.ok(findings.every(({ message }) => /^Nothing in this flow says .* If it does: /.test(message)));
});

test('a flow that reads an attribute of voicemails is one for voicemails', () => {
  const flow: ShortFlow = {
    stream: streams('Enabled', 'hello', { failed: 'hello' }),
    hello: says('Your queue is $.Attributes.vmx3_queue_arn.', 'end'),
    end: { type: 'DisconnectParticipant' },
  };

  assert.deepEqual(found(flow), ['error streaming-without-flag @ stream']);
});

const saying = (text: string) => found({ hello: says(text, 'end'), end: { type: 'DisconnectParticipant' } });

test('a text longer than Connect speaks is an error; what fills it in does not count', () => {
  assert.deepEqual(saying('x'.repeat(6001)), ['error text-too-long @ hello']);
  assert.deepEqual(saying(`${'x'.repeat(5995)} $.Attributes.name`), []);
});

const long = (count: number): ShortFlow => ({
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${index}`, says('x'.repeat(5900), `${index + 1}`)]),
  ),
  [count]: { type: 'DisconnectParticipant' },
});

test('a flow too long for CloudFormation is a note', () => {
  assert.deepEqual(found(long(40)), []);
  assert.deepEqual(found(long(45)), ['note flow-too-long-for-cloudformation @ undefined']);
});

test('what is not known is a note', () => {
  const flow: ShortFlow = {
    hello: { ...says('Hello.', 'end'), parameters: { Text: 'Hello.', Loudness: '3' } },
    end: { type: 'DisconnectParticipant' },
  };

  assert.deepEqual(found(flow), ['note not-known @ hello']);
});
