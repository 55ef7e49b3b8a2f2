import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callTime, isTimeZone } from './call-time.ts';

const at = (iso: string, timeZone: string) => callTime(Date.parse(iso), timeZone);

test('the zone’s name tells summer from winter', () => {
  assert.equal(at('2026-03-04T14:00:02Z', 'America/New_York'), 'Mar 4, 2026, 9:00 AM EST');
  assert.equal(at('2026-07-04T14:00:02Z', 'America/New_York'), 'Jul 4, 2026, 10:00 AM EDT');
});

test('the hour that clocks skip in spring is skipped', () => {
  assert.equal(at('2026-03-08T06:59:00Z', 'America/New_York'), 'Mar 8, 2026, 1:59 AM EST');
  assert.equal(at('2026-03-08T07:00:00Z', 'America/New_York'), 'Mar 8, 2026, 3:00 AM EDT');
});

test('the hour that comes twice in autumn is told apart by the zone’s name', () => {
  assert.equal(at('2026-11-01T05:30:00Z', 'America/New_York'), 'Nov 1, 2026, 1:30 AM EDT');
  assert.equal(at('2026-11-01T06:30:00Z', 'America/New_York'), 'Nov 1, 2026, 1:30 AM EST');
});

test('a zone without a short English name comes with its own', () => {
  assert.equal(at('2026-07-04T14:00:02Z', 'Europe/Berlin'), 'Jul 4, 2026, 4:00 PM GMT+2 (Europe/Berlin)');
  assert.equal(at('2026-07-04T14:00:02Z', 'Asia/Kolkata'), 'Jul 4, 2026, 7:30 PM GMT+5:30 (Asia/Kolkata)');
});

test('midnight belongs to the day that begins, and UTC is just that', () => {
  assert.equal(at('2026-03-04T00:00:00Z', 'UTC'), 'Mar 4, 2026, 12:00 AM UTC');
  assert.equal(at('2026-03-04T00:30:00Z', 'America/Los_Angeles'), 'Mar 3, 2026, 4:30 PM PST');
});

test('a zone is one that IANA knows', () => {
  assert.ok(isTimeZone('America/New_York'));
  for (const name of ['', 'Mars/Olympus', 'America/New York', '../etc'])
    assert.equal(isTimeZone(name), false);
});
