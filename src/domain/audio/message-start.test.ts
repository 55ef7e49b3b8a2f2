import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { messageOffsetMs, withoutPauses } from './message-start.ts';

const RECORDING = {
  startMs: Date.parse('2026-03-04T14:00:02Z'),
  stopMs: Date.parse('2026-03-04T14:01:09Z'),
};

const TIMES: Readonly<Record<string, number | 'unusable'>> = {
  '': 0,
  '2026-03-04T14:00:24Z': 21_000,
  '2026-03-04T14:00:24.310Z': 21_310,
  '2026-03-04T15:00:24+01:00': 21_000,
  [String(RECORDING.startMs + 310)]: 0,
  '2026-03-04T14:00:02Z': 0,
  '2026-03-04T14:01:10Z': 67_000,
  '2026-03-04T14:01:11Z': 'unusable',
  '2026-03-04T14:00:01Z': 'unusable',
  '2026-03-04T14:00:24': 'unusable',
  '2026-02-30T14:00:24Z': 'unusable',
  '2026-03-04': 'unusable',
  1772632824: 'unusable',
  $: 'unusable',
  '-1': 'unusable',
};
for (const [timestamp, offsetMs] of Object.entries(TIMES)) {
  test(`'${timestamp}' is ${typeof offsetMs === 'number' ? `${offsetMs} ms into it` : 'unusable'}`, () => {
    assert.equal(messageOffsetMs(timestamp, RECORDING), offsetMs);
  });
}

test('without an attribute the message begins with the recording', () => {
  assert.equal(messageOffsetMs(undefined, {}), 0);
});

test('a time cannot be used if the recording does not say when it began', () => {
  assert.equal(messageOffsetMs('2026-03-04T14:00:24Z', { stopMs: RECORDING.stopMs }), 'unusable');
});

test('a recording that does not say when it ended can have any length', () => {
  assert.equal(messageOffsetMs('2026-03-04T15:00:02Z', { startMs: RECORDING.startMs }), 3_599_000);
});

test('whatever a flow writes, the message begins within the recording, or its start is unknown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.date().map(String), fc.integer().map(String)), (timestamp) => {
      const offsetMs = messageOffsetMs(timestamp, RECORDING);
      assert.ok(offsetMs === 'unusable' || (offsetMs >= 0 && offsetMs <= 68_000));
    }),
  );
});

test('a file is shorter by what was cut out of it: the message begins by so much sooner, and never before the file', () => {
  const lengths: readonly (readonly [lengthMs: number, fromMs: number])[] = [
    [67_000, 21_000],
    [65_000, 21_000],
    [70_000, 21_000],
    [57_000, 11_000],
    [20_000, 0],
  ];

  for (const [lengthMs, fromMs] of lengths) assert.equal(withoutPauses(21_000, RECORDING, lengthMs), fromMs);
  assert.equal(withoutPauses(21_000, { startMs: RECORDING.startMs }, 1000), 21_000);
});
