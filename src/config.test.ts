import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { allSettings, settings } from './config.ts';

const wanted = z.pick(allSettings, {
  LEDGER_TABLE: true,
  LINK_DAYS: true,
  DEFAULT_MODE: true,
  EMAIL_FROM: true,
});

test('a function whose settings are missing or wrong does not start, and names all of them', () => {
  const environment = { LINK_DAYS: 'AWS::NoValue', DEFAULT_MODE: 'guided', EMAIL_FROM: 'a@example.com' };

  assert.throws(() => settings(wanted, environment), {
    message: /^settings missing or wrong: LEDGER_TABLE: .+; LINK_DAYS: .+; DEFAULT_MODE: .+$/,
  });
});

test('optional settings can be absent, and numbers are numbers', () => {
  const environment = { LEDGER_TABLE: 'ledger', LINK_DAYS: '30', DEFAULT_MODE: 'task' };

  assert.deepEqual(settings(wanted, environment), {
    LEDGER_TABLE: 'ledger',
    LINK_DAYS: 30,
    DEFAULT_MODE: 'task',
  });
});
