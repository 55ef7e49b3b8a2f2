import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callTime, CallTimeError, shownTime } from './call-time.ts';

/** Mon 30 Nov 2026, 10:00 in New York. */
const NOW = Date.parse('2026-11-30T15:00:00Z');
const NEW_YORK = { nowMs: NOW, timeZone: 'America/New_York' };

const TIMES: readonly (readonly [what: string, at: string, iso: string])[] = [
  ['a time of day that is still to come is today', '22:30', '2026-12-01T03:30:00Z'],
  ['a time of day that is past is tomorrow', '09:30', '2026-12-01T14:30:00Z'],
  ['this very minute is now', '10:00', '2026-11-30T15:00:00Z'],
  ['a date with a time is local', '2026-12-24T18:00', '2026-12-24T23:00:00Z'],
  ['a space instead of the T is understood', '2026-12-24 18:00', '2026-12-24T23:00:00Z'],
  ['an offset counts', '2026-12-24T18:00+01:00', '2026-12-24T17:00:00Z'],
  ['Z is UTC', '2026-12-24T18:00Z', '2026-12-24T18:00:00Z'],
  ['summer time counts', '2027-07-01T12:00', '2027-07-01T16:00:00Z'],
  ['a time that summer time skips is an hour earlier', '2027-03-14T02:30', '2027-03-14T06:30:00Z'],
];
for (const [what, at, iso] of TIMES) {
  test(`${what}: ${at}`, () => {
    assert.equal(new Date(callTime(at, NEW_YORK)).toISOString(), new Date(iso).toISOString());
  });
}

test('in the time zone of the date line, the day is the local one', () => {
  const place = { nowMs: NOW, timeZone: 'Pacific/Kiritimati' };

  assert.equal(new Date(callTime('06:00', place)).toISOString(), '2026-11-30T16:00:00.000Z');
});

const REFUSED: readonly (readonly [at: string, message: RegExp])[] = [
  [
    '2026-11-29T18:00',
    /^Sun 29 Nov 2026, 18:00 \(America\/New_York\) is past: the simulator's clock says Mon 30 Nov/,
  ],
  ['2028-01-01T00:00', /more than 366 days after/],
  ['10pm', /10pm is no time: write 22:30/],
  ['24:00', /24:00 is no time/],
  ['2026-02-30T10:00', /2026-02-30T10:00 is no time/],
  ['', / is no time/],
];
for (const [at, message] of REFUSED) {
  test(`"${at}" is refused in words`, () => {
    assert.throws(
      () => callTime(at, NEW_YORK),
      (error) => error instanceof CallTimeError && message.test(error.message),
    );
  });
}

test('a time is shown with its day and zone', () => {
  assert.equal(shownTime(NOW, 'Europe/Berlin'), 'Mon 30 Nov 2026, 16:00 (Europe/Berlin)');
});
