import assert from 'node:assert/strict';
import { test } from 'node:test';
import { warningsWithoutContact } from './warnings.ts';

test('a warning or an error without its contact is found, and nothing else', () => {
  const lines = [
    { level: 'WARN', message: 'no link could be made' },
    { level: 'ERROR', message: 'no link could be made', contactId: '' },
    { level: 'ERROR', message: 'message parked', sequenceNumber: '1' },
    { level: 'WARN', message: 'no link could be made', contactId: 'c1' },
    { level: 'ERROR', message: 'message parked', messageId: 'm1' },
    { level: 'INFO', message: 'delivery step done' },
  ].map((fields) => JSON.stringify(fields));

  const found = warningsWithoutContact([...lines, 'START RequestId: 1', '"WARN"', 'null']);

  assert.deepEqual(found, lines.slice(0, 3));
});
