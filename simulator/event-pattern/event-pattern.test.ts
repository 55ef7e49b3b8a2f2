import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileEventPattern, matches } from './event-pattern.ts';

/** Pattern, event, whether it matches. */
type Row = readonly [pattern: unknown, event: unknown, expected: boolean];

function checkAll(rows: readonly Row[]): void {
  for (const [pattern, event, expected] of rows) {
    const row = `${JSON.stringify(pattern)} on ${JSON.stringify(event)}`;
    assert.equal(matches(pattern, event), expected, row);
  }
}

test('every key of a pattern must match, and one value of its list is enough', () => {
  checkAll([
    [{ a: ['x'] }, { a: 'x', b: 'ignored' }, true],
    [{ a: ['x', 'y'] }, { a: 'y' }, true],
    [{ a: ['x'] }, { a: 'X' }, false],
    [{ a: ['x'], b: ['y'] }, { a: 'x', b: 'y' }, true],
    [{ a: ['x'], b: ['y'] }, { a: 'x' }, false],
    [{ a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    [{ a: { b: ['x'] } }, { b: 'x' }, false],
  ]);
});

test('values compare by type: a number is not its text, and null is only null', () => {
  checkAll([
    [{ a: [1] }, { a: 1 }, true],
    [{ a: [1] }, { a: '1' }, false],
    [{ a: ['1'] }, { a: 1 }, false],
    [{ a: [300] }, { a: 300.0 }, true],
    [{ a: [true] }, { a: true }, true],
    [{ a: [true] }, { a: 'true' }, false],
    [{ a: [null] }, { a: null }, true],
    [{ a: [null] }, {}, false],
    [{ a: [null] }, { a: {} }, false],
    [{ a: [null] }, { a: '' }, false],
    [{ a: [''] }, { a: '' }, true],
    [{ a: [''] }, { a: null }, false],
  ]);
});

test('a list in the event matches when any of its elements does', () => {
  checkAll([
    [{ a: ['x'] }, { a: ['w', 'x'] }, true],
    [{ a: ['x'] }, { a: [] }, false],
    [{ a: ['x'] }, { a: [['w'], ['x']] }, true],
    [{ a: { b: ['x'] } }, { a: [{ b: 'w' }, { b: 'x' }] }, true],
    [{ a: { b: ['x'] } }, { a: [[{ b: 'x' }]] }, true],
    [{ a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
  ]);
});

test('two keys under one list of objects must be met by the same element', () => {
  const both = { a: { b: ['x'], c: ['y'] } };
  checkAll([
    [both, { a: [{ b: 'x', c: 'y' }] }, true],
    [
      both,
      {
        a: [
          { b: 'x', c: 'n' },
          { b: 'n', c: 'y' },
        ],
      },
      false,
    ],
    [both, { a: [{ b: 'n' }, { b: 'x', c: ['n', 'y'] }] }, true],
    [{ a: { b: { c: ['x'] }, d: ['y'] } }, { a: [{ b: [{ c: 'x' }], d: 'n' }, { d: 'y' }] }, false],
    [{ a: { b: { c: ['x'] }, d: ['y'] } }, { a: [{ b: [{ c: 'n' }, { c: 'x' }], d: 'y' }] }, true],
    [{ a: { b: ['x'] }, c: { b: ['y'] } }, { a: [{ b: 'x' }], c: [{ b: 'n' }, { b: 'y' }] }, true],
  ]);
});

test('exists looks at leaves only: an object, full or empty, is not a value', () => {
  checkAll([
    [{ a: [{ exists: true }] }, { a: 0 }, true],
    [{ a: [{ exists: true }] }, { a: null }, true],
    [{ a: [{ exists: true }] }, { a: { b: 1 } }, false],
    [{ a: [{ exists: true }] }, { a: [] }, false],
    [{ a: [{ exists: false }] }, {}, true],
    [{ a: [{ exists: false }] }, { a: null }, false],
    [{ a: [{ exists: false }] }, { a: { b: 1 } }, true],
    [{ a: { b: [{ exists: false }] } }, { a: 1 }, true],
    [{ a: { b: [{ exists: false }] } }, {}, true],
    [{ a: [{ exists: false }, 'x'] }, {}, true],
    [{ a: [{ exists: false }, 'x'] }, { a: 'x' }, true],
    [{ a: [{ exists: false }, 'x'] }, { a: 'y' }, false],
  ]);
});

test('absence in a list of objects is judged against the element that the other keys chose', () => {
  const event = { a: [{ b: 1 }, { c: 2 }] };
  checkAll([
    [{ a: { c: [{ exists: false }] } }, event, false],
    [{ a: { b: [1], c: [{ exists: false }] } }, event, true],
    [{ a: { b: [1], c: [{ exists: false }] } }, { a: [{ b: 1, c: 2 }] }, false],
  ]);
});

test('prefix and suffix match text, and can ignore case', () => {
  checkAll([
    [{ a: [{ prefix: 'rec/' }] }, { a: 'rec/1.wav' }, true],
    [{ a: [{ prefix: 'rec/' }] }, { a: 'REC/1.wav' }, false],
    [{ a: [{ prefix: '' }] }, { a: '' }, true],
    [{ a: [{ prefix: '1' }] }, { a: 12 }, false],
    [{ a: [{ suffix: '.wav' }] }, { a: 'rec/1.wav' }, true],
    [{ a: [{ suffix: '.wav' }] }, { a: 'rec/1.wave' }, false],
    [{ a: [{ prefix: { 'equals-ignore-case': 'REC' } }] }, { a: 'rec/1.WAV' }, true],
    [{ a: [{ suffix: { 'equals-ignore-case': '.wav' } }] }, { a: 'rec/1.WAV' }, true],
  ]);
});

test('anything-but matches every value but that one, and needs a value', () => {
  checkAll([
    [{ a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
    [{ a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
    [{ a: [{ 'anything-but': 'x' }] }, { a: null }, true],
    [{ a: [{ 'anything-but': 'x' }] }, {}, false],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }, false],
    [{ a: [{ 'anything-but': [1, 2] }] }, { a: 2 }, false],
    [{ a: [{ 'anything-but': [1, 2] }] }, { a: '2' }, true],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }, true],
    [{ a: [{ 'anything-but': { suffix: ['.a', '.b'] } }] }, { a: '1.b' }, false],
    [{ a: [{ 'anything-but': { 'equals-ignore-case': 'X' } }] }, { a: 'x' }, false],
    [{ a: [{ 'anything-but': { wildcard: '*/tmp/*' } }] }, { a: '/tmp/1' }, false],
    [{ a: [{ 'anything-but': { wildcard: '*/tmp/*' } }] }, { a: '/var/1' }, true],
  ]);
});

test('numeric compares numbers, one-sided or between two limits', () => {
  checkAll([
    [{ a: [{ numeric: ['=', 3.018e2] }] }, { a: 301.8 }, true],
    [{ a: [{ numeric: ['>', 44] }] }, { a: 44 }, false],
    [{ a: [{ numeric: ['>', 44] }] }, { a: 45 }, true],
    [{ a: [{ numeric: ['>', 44] }] }, { a: '45' }, false],
    [{ a: [{ numeric: ['<=', -1] }] }, { a: -1 }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5.5 }, false],
    [{ a: [{ numeric: ['>=', 0, '<', 5] }] }, { a: 0 }, true],
  ]);
});

test('equals-ignore-case and wildcard match whole texts', () => {
  checkAll([
    [{ a: [{ 'equals-ignore-case': 'Voice' }] }, { a: 'VOICE' }, true],
    [{ a: [{ 'equals-ignore-case': 'Voice' }] }, { a: 'VOICES' }, false],
    [{ a: [{ wildcard: 'rec/*.wav' }] }, { a: 'rec/2026/1.wav' }, true],
    [{ a: [{ wildcard: 'rec/*.wav' }] }, { a: 'rec/1.wav.tmp' }, false],
    [{ a: [{ wildcard: 'a.c' }] }, { a: 'abc' }, false],
    [{ a: [{ wildcard: 'a\\*\\\\*' }] }, { a: 'a*\\b\n' }, true],
    [{ a: [{ wildcard: 'a\\*' }] }, { a: 'ab' }, false],
  ]);
});

test('$or offers alternatives beside the other keys, at any depth and within one list element', () => {
  const either = { s: ['x'], $or: [{ a: ['1'] }, { b: ['2'], c: ['3'] }] };
  checkAll([
    [either, { s: 'x', a: '1' }, true],
    [either, { s: 'x', b: '2', c: '3' }, true],
    [either, { s: 'x', b: '2' }, false],
    [either, { a: '1' }, false],
    [{ d: { $or: [{ a: [1] }, { b: [2] }] } }, { d: { b: 2 } }, true],
    [{ d: { t: ['k'], $or: [{ a: [1] }, { b: [2] }] } }, { d: [{ t: 'k' }, { t: 'n', a: 1 }] }, false],
    [{ $or: [{ a: [1] }, { $or: [{ b: [2] }, { c: [3] }] }] }, { c: 3 }, true],
    [{ $or: ['x', 'y'] }, { $or: 'y' }, true],
    [{ $or: { a: ['x'] } }, { $or: { a: 'x' } }, true],
  ]);
});

test('the filter on contact records takes voicemails and leaves answered calls and other media', () => {
  const isVoicemail = compileEventPattern({
    data: {
      Attributes: { flag: ['1'] },
      Recordings: { StorageType: ['KINESIS_VIDEO_STREAM'], Status: [null] },
      Agent: [null],
    },
  });
  const toStream = { StorageType: 'KINESIS_VIDEO_STREAM', Status: null };
  const toBucket = { StorageType: 'AMAZON_S3', Status: null };
  const record = { Attributes: { flag: '1' }, Agent: null, Recordings: [toBucket, toStream] };

  assert.equal(isVoicemail({ data: record }), true);
  assert.equal(isVoicemail({ data: { ...record, Agent: { ARN: 'arn:agent' } } }), false);
  assert.equal(isVoicemail({ data: { ...record, Recordings: [toBucket] } }), false);
  assert.equal(isVoicemail({ data: { ...record, Recordings: null } }), false);
  assert.equal(isVoicemail({ data: { ...record, Attributes: {} } }), false);
});

test('a value that is not an event object matches nothing', () => {
  const anything = { a: [{ exists: true }] };

  for (const event of ['text', 1, null, undefined, [{ a: 1 }]]) assert.equal(matches(anything, event), false);
});

test('an invalid pattern is refused, and the error says why', () => {
  const refusals: readonly (readonly [pattern: unknown, reason: RegExp])[] = [
    ['x', /Filter is not an object/],
    [{}, /Empty objects are not allowed/],
    [{ a: {} }, /Empty objects are not allowed \(at a\)/],
    [{ a: 'x' }, /"a" must be an object or an array/],
    [{ a: { b: 1 } }, /"b" must be an object or an array \(at a\)/],
    [{ a: [] }, /Empty arrays are not allowed \(at a\)/],
    [{ a: [['x']] }, /Match value must be String, number, true, false, or null/],
    [{ a: [{}] }, /Match expression name not found/],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, /Only one key allowed/],
    [{ a: [{ regex: 'x' }] }, /Unrecognized match type regex \(at a\)/],
    [{ a: [{ prefix: 1 }] }, /prefix match pattern must be a string/],
    [{ a: [{ suffix: { prefix: 'x' } }] }, /Unsupported suffix pattern: prefix/],
    [{ a: [{ exists: 'true' }] }, /exists match pattern must be either true or false/],
    [{ a: [{ 'anything-but': [] }] }, /Empty arrays/],
    [{ a: [{ 'anything-but': ['x', 1] }] }, /anything-but takes strings or numbers/],
    [{ a: [{ 'anything-but': null }] }, /anything-but takes strings or numbers/],
    [{ a: [{ 'anything-but': { numeric: ['>', 1] } }] }, /Unsupported anything-but pattern: numeric/],
    [{ a: [{ numeric: 5 }] }, /Value of numeric must be an array/],
    [{ a: [{ numeric: ['>'] }] }, /Invalid member in numeric match/],
    [{ a: [{ numeric: ['>', '5'] }] }, /must be numeric/],
    [{ a: [{ numeric: ['!', 5] }] }, /Unrecognized numeric range operator/],
    [{ a: [{ numeric: ['<', 5, '>', 1] }] }, /Too many elements/],
    [{ a: [{ numeric: ['>', 5, '<', 1] }] }, /Bottom must be less than top/],
    [{ a: [{ numeric: ['>', 1, '=', 2] }] }, /Bad numeric range operator/],
    [{ a: [{ wildcard: 'a**' }] }, /Consecutive wildcard characters at pos 1/],
    [{ a: [{ wildcard: 'a\\b' }] }, /Invalid escape character at pos 1/],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, /the operator "cidr" is not simulated \(at a\)/],
  ];
  for (const [pattern, reason] of refusals) {
    const expected = { code: 'InvalidEventPatternException', message: reason };
    assert.throws(() => compileEventPattern(pattern), expected, JSON.stringify(pattern));
  }
});
