import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDistance, nearestOf } from './edit-distance.ts';

test('letters left out, put in, replaced and swapped count one each', () => {
  assert.equal(editDistance('vmx3_flag', 'vmx3_flag'), 0);
  assert.equal(editDistance('vmx3_flg', 'vmx3_flag'), 1);
  assert.equal(editDistance('vmx3_fflag', 'vmx3_flag'), 1);
  assert.equal(editDistance('vmx3-flag', 'vmx3_flag'), 1);
  assert.equal(editDistance('vmx3_falg', 'vmx3_flag'), 1);
  assert.equal(editDistance('', 'abc'), 3);
  assert.equal(editDistance('abc', ''), 3);
});

test('a mistyped word is taken for the one that is nearest, and for none if two are or if it is too far', () => {
  const known = ['retentionDays', 'linkDays', 'us-east-1', 'us-west-2', 'task'];

  assert.equal(nearestOf('retention_days', known), 'retentionDays');
  assert.equal(nearestOf('retentoinDay', known), 'retentionDays');
  assert.equal(nearestOf('us-esat-1', known), 'us-east-1');
  assert.equal(nearestOf('tsk', known), 'task');
  assert.equal(nearestOf('tk', known), undefined);
  assert.equal(nearestOf('us-eats-3', ['us-east-1', 'us-west-3', 'us-east-3']), 'us-east-3');
  assert.equal(nearestOf('us-eest-1', ['us-east-1', 'us-west-1']), undefined);
  assert.equal(nearestOf('somethingElse', known), undefined);
  assert.equal(nearestOf('', known), undefined);
});
