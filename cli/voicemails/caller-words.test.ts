import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerForMachines, callerInWords } from './caller-words.ts';

test('an operator sees the number with its extension, and what stood in for a withheld one', () => {
  assert.equal(callerInWords('tel:+1-555-555-0142;ext=123'), '+15555550142 ext. 123');
  assert.equal(callerInWords('+15555550142'), '+15555550142');
  assert.equal(callerInWords('1042'), '1042');
  assert.equal(callerInWords('+86282452253'), 'withheld (it came as "+86282452253")');
  assert.equal(callerInWords(undefined), 'withheld');
});

test('a machine gets what to dial and the extension apart, and no number of a caller who withheld it', () => {
  assert.deepEqual(callerForMachines('+15555550142,,123'), { from: '+15555550142', extension: '123' });
  assert.deepEqual(callerForMachines('+15555550142'), { from: '+15555550142' });
  assert.deepEqual(callerForMachines('1042'), { from: '1042' });
  assert.deepEqual(callerForMachines('anonymous'), { from: undefined });
});
