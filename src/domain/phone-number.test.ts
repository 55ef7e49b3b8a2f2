import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { e164Of, readableNumber } from './phone-number.ts';

test('a number is written as people of its country group it', () => {
  assert.equal(readableNumber('+15555550142'), '+1 555 555 0142');
  assert.equal(readableNumber('+442079460018'), '+44 20 7946 0018');
  assert.equal(readableNumber('+4930901820'), '+49 30 901820');
  assert.equal(readableNumber('+81335501234'), '+81 3 3550 1234');
});

test('what is no number that could be dialed stays as it is', () => {
  for (const other of ['1042', 'sip:ana@pbx.example.com', 'call +15555550142 please', '<b>x</b>']) {
    assert.equal(readableNumber(other), other);
  }
});

test('a number of a country that is not known stays as it is, and is still called back', () => {
  assert.equal(readableNumber('+99912345678'), '+99912345678');
  assert.equal(e164Of('+99912345678'), '+99912345678');
});

test('a withheld number is said to be one, whatever the network calls it', () => {
  const withheld = ['', ' ', 'anonymous', 'Restricted', 'sip:anonymous@anonymous.invalid', '+266696687'];

  for (const from of [undefined, ...withheld]) {
    assert.equal(readableNumber(from), 'a withheld number');
    assert.equal(e164Of(from), undefined);
  }
});

test('the number to call back is E.164, with the country’s code where the caller left it out', () => {
  assert.equal(e164Of('+1 (555) 555-0142'), '+15555550142');
  assert.equal(e164Of('020 7946 0018', 'GB'), '+442079460018');
  assert.equal(e164Of('020 7946 0018'), undefined);
  assert.equal(e164Of('1042'), undefined);
});

test('any text is answered, and what is to be dialed has nothing but digits in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (from) => {
      assert.equal(typeof readableNumber(from), 'string');
      assert.match(e164Of(from, 'US') ?? '+12345', /^\+\d+$/);
    }),
  );
});
