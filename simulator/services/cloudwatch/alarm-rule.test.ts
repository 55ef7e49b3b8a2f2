import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlarmState } from '../../happenings.ts';
import { alarmRule, AlarmRuleError } from './alarm-rule.ts';

const STATES: Readonly<Record<string, AlarmState>> = {
  bad: 'ALARM',
  'Acme: good': 'OK',
  silent: 'INSUFFICIENT_DATA',
};
const RULES: Readonly<Record<string, boolean>> = {
  'ALARM(bad)': true,
  'ALARM("Acme: good")': false,
  'OK("arn:aws:cloudwatch:us-east-1:111122223333:alarm:Acme: good")': true,
  'INSUFFICIENT_DATA(silent)': true,
  'ALARM(nobody)': false,
  'ALARM(bad) OR FALSE AND FALSE': true,
  '(ALARM(bad) OR FALSE) AND FALSE': false,
  'NOT ALARM(bad) OR TRUE': true,
  'NOT (ALARM(bad) OR TRUE)': false,
};

for (const [rule, isBad] of Object.entries(RULES)) {
  test(`${rule} is ${isBad}`, () => {
    assert.equal(
      alarmRule(rule)((name) => STATES[name]),
      isBad,
    );
  });
}

test('a text that is not a rule is refused', () => {
  for (const text of ['', 'ALARM', 'ALARM()', 'ALARM(a) ALARM(b)', '(ALARM(a)', 'ALARM(a) &', 'BAD(a)']) {
    assert.throws(() => alarmRule(text), AlarmRuleError, text);
  }
});
