import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from './report.ts';

test('the report names what is attached to the task, and keeps labels and values apart', () => {
  const task = {
    contactId: 'task',
    name: 'Voicemail from +1 555 555 0142 (Maria Silva) for Billing',
    description: 'please call me back',
    references: {
      'Customer with this number': { type: 'STRING', value: 'Maria Silva' },
      Length: { type: 'STRING', value: '2 s' },
      'voicemail-2026-03-04-c0ffee00.wav': { type: 'ATTACHMENT', value: 'acme-attachments/connect/a.wav' },
    },
    attributes: {},
    queueArn: 'queue',
    createdAtMs: 0,
  };
  const end = { kind: 'result', result: { kind: 'delivered', task }, heard: [] } as const;

  const text = report({ contactId: 'call', end, flowLog: [] });

  const [, ...lines] = text.split('\n').filter((line) => line !== '');
  assert.deepEqual(lines, [
    '  Customer with this number Maria Silva',
    '  Length      2 s',
    '  Attached    voicemail-2026-03-04-c0ffee00.wav',
    '  Transcript  please call me back',
  ]);
});
