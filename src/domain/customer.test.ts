import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerIn, type CustomerProfile, withCustomer } from './customer.ts';

const NUMBER = '+15555550142';
const MARIA: CustomerProfile = { firstName: 'Maria', lastName: 'Silva', numbers: [NUMBER] };

const found = (...profiles: readonly CustomerProfile[]) => customerIn({ profiles, hasMore: false }, NUMBER);

const note = (count: string) => `${count} customers have this number, so none of them is named here.`;
const name = (profile: Partial<CustomerProfile>) => found({ numbers: [NUMBER], ...profile }).name;

test('the only customer with a number is named', () => {
  assert.deepEqual(found(MARIA), { name: 'Maria Silva', notes: [] });
  assert.deepEqual(found(), { notes: [] });
});

test('several customers are counted, and none of them is named', () => {
  assert.deepEqual(found(MARIA, { ...MARIA, firstName: 'Ana' }), { notes: [note('2')] });
  assert.deepEqual(found(MARIA, MARIA), { notes: [note('2')] });
  const page = customerIn({ profiles: [MARIA], hasMore: true }, NUMBER);
  assert.deepEqual(page, { notes: [note('1 or more')] });
});

test('the number is compared as numbers are, in every form that says its country', () => {
  for (const form of ['+1 (555) 555-0142', 'tel:+1-555-555-0142', '＋１５５５５５５０１４２'])
    assert.equal(found({ ...MARIA, numbers: ['+15555550100', form] }).name, 'Maria Silva', form);
});

test('a profile that does not have the number itself is not named: a wrong name is worse than none', () => {
  for (const numbers of [[], ['+15555550143'], ['5555550142'], ['(555) 555-0142'], ['+445555550142'], ['']])
    assert.deepEqual(found({ ...MARIA, numbers }), { notes: [] });
});

test('a name is what the profile has of it', () => {
  assert.equal(name({ firstName: 'Maria' }), 'Maria');
  assert.equal(name({ lastName: 'Silva', businessName: 'Globex' }), 'Silva');
  assert.equal(name({ businessName: 'Globex' }), 'Globex');
  assert.equal(name({ firstName: ' ', lastName: '\u0000', businessName: 'Globex' }), 'Globex');
  assert.equal(name({}), undefined);
});

test('a name is on one line, short, and cannot turn the text around', () => {
  const shown = name({ firstName: 'Ma\nria\u202E  \u2066x', lastName: 'y'.repeat(500) }) ?? '';

  assert.match(shown, /^Ma ria x y+…$/);
  assert.ok(shown.length <= 80);
});

test('a caller is shown with the name in parentheses', () => {
  assert.equal(withCustomer('+1 555 555 0142', 'Maria Silva'), '+1 555 555 0142 (Maria Silva)');
  assert.equal(withCustomer('+1 555 555 0142', undefined), '+1 555 555 0142');
});
