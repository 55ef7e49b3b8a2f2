import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterPattern } from './filter-pattern.ts';

const JSON_LINE = JSON.stringify({
  level: 'ERROR',
  message: 'Voicemail 17 was parked',
  try: 3,
  done: false,
  cause: null,
  ids: ['a', 'b'],
  at: { step: 'deliver' },
});

const FITS: readonly [string, string, boolean][] = [
  ['', 'anything', true],
  ['ERROR', 'an ERROR came', true],
  ['error', 'an ERROR came', false],
  ['ERROR came', 'an ERROR came', true],
  ['ERROR went', 'an ERROR came', false],
  ['"ERROR came"', 'an ERROR came', true],
  ['"came ERROR"', 'an ERROR came', false],
  [String.raw`"say \"hello\""`, 'say "hello"', true],
  ['?went ?came', 'an ERROR came', true],
  ['?went ?stayed', 'an ERROR came', false],
  ['ERROR -came', 'an ERROR came', false],
  ['-came', 'an ERROR went', true],
  ['ERROR ?went', 'an ERROR came', true],
  ['{ $.level = "ERROR" }', JSON_LINE, true],
  ['{ $.level = ERROR }', JSON_LINE, true],
  ['{ $.level = "WARN" }', JSON_LINE, false],
  ['{ $.level != "WARN" }', JSON_LINE, true],
  ['{ $.none != "WARN" }', JSON_LINE, false],
  ['{ $.message = "Voicemail * parked" }', JSON_LINE, true],
  ['{ $.message = "parked" }', JSON_LINE, false],
  ['{$.try>2}', JSON_LINE, true],
  ['{ $.try >= 4 }', JSON_LINE, false],
  ['{ $.try = 3 }', JSON_LINE, true],
  ['{ $.try = 3.0 && $.level = "WARN" }', JSON_LINE, false],
  ['{ $.level = "WARN" || $.try < 4 && $.try <= 3 }', JSON_LINE, true],
  ['{ ($.level = "WARN" || $.try = 3) && $.level = "INFO" }', JSON_LINE, false],
  ['{ $.done IS FALSE }', JSON_LINE, true],
  ['{ $.done IS TRUE }', JSON_LINE, false],
  ['{ $.cause IS NULL }', JSON_LINE, true],
  ['{ $.none NOT EXISTS }', JSON_LINE, true],
  ['{ $.none EXISTS }', JSON_LINE, false],
  ['{ $.ids[1] = "b" }', JSON_LINE, true],
  ['{ $.at.step = "deliver" }', JSON_LINE, true],
  ['{ $.["at"]["step"] = "deliver" }'.replace('$.', '$'), JSON_LINE, true],
  ['{ $.level = "ERROR" }', 'ERROR in plain text', false],
];

for (const [pattern, message, expected] of FITS) {
  test(`the filter pattern ${pattern} ${expected ? 'fits' : 'does not fit'} ${message.slice(0, 30)}`, () => {
    assert.equal(filterPattern(pattern)(message), expected);
  });
}

for (const pattern of [
  '{ $.level }',
  '{ $.level = }',
  '{ $.level = "x"',
  '{ level = "x" }',
  '"open',
  '{ $.a IS x }',
]) {
  test(`the filter pattern ${pattern} is refused`, () => {
    assert.throws(() => filterPattern(pattern), { code: 'InvalidParameterException', status: 400 });
  });
}

for (const pattern of ['[a, b]', '%ERR.*%', '{ $.level = %ERR% }']) {
  test(`the filter pattern ${pattern} is not simulated, and says so`, () => {
    assert.throws(() => filterPattern(pattern), {
      status: 501,
      message: /^FilterLogEvents: the simulator does not know filter patterns with /,
    });
  });
}
