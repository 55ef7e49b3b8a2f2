import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomPassword } from './random-password.ts';

test('a password has 32 characters of every type by default', () => {
  assert.match(randomPassword({}), /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s])[!-~]{32}$/);
});

test('what the rules exclude does not occur', () => {
  const password = randomPassword({
    passwordLength: 500,
    excludePunctuation: true,
    excludeUppercase: true,
    excludeCharacters: 'aeiou0',
  });

  assert.match(password, /^[b-df-hj-np-tv-z1-9]{500}$/);
});

test('two passwords differ', () => {
  assert.notEqual(randomPassword({}), randomPassword({}));
});

test('rules that leave nothing to choose from are an error', () => {
  const nothing = {
    excludeLowercase: true,
    excludeUppercase: true,
    excludeNumbers: true,
    excludePunctuation: true,
  };

  assert.throws(() => randomPassword(nothing), /leave no character/);
});
