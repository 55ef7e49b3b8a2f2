import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDistance } from './edit-distance.ts';

test('letters left out, put in, replaced and swapped count one each', () => {
  assert.equal(editDistance('vmx3_flag', 'vmx3_flag'), 0);
  assert.equal(editDistance('vmx3_flg', 'vmx3_flag'), 1);
  assert.equal(editDistance('vmx3_fflag', 'vmx3_flag'), 1);
  assert.equal(editDistance('vmx3-flag', 'vmx3_flag'), 1);
  assert.equal(editDistance('vmx3_falg', 'vmx3_flag'), 1);
  assert.equal(editDistance('', 'abc'), 3);
  assert.equal(editDistance('abc', ''), 3);
});
