import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { callTime, isTimeZone, timeZoneOrUtc } from './call-time.ts';

const at = (iso: string, timeZone: string) => callTime(Date.parse(iso), timeZone);

test('the zone’s name and its offset tell summer from winter', () => {
  assert.equal(at('2026-03-04T14:00:02Z', 'America/New_York'), 'Mar 4, 2026, 9:00 AM EST, UTC\u22125');
  assert.equal(at('2026-07-04T14:00:02Z', 'America/New_York'), 'Jul 4, 2026, 10:00 AM EDT, UTC\u22124');
  assert.equal(at('2026-01-04T20:00:00Z', 'America/Chicago'), 'Jan 4, 2026, 2:00 PM CST, UTC−6');
});

test('the hour that clocks skip in spring is skipped', () => {
  assert.equal(at('2026-03-08T06:59:00Z', 'America/New_York'), 'Mar 8, 2026, 1:59 AM EST, UTC−5');
  assert.equal(at('2026-03-08T07:00:00Z', 'America/New_York'), 'Mar 8, 2026, 3:00 AM EDT, UTC−4');
});

test('the zone’s name shows which of the two hours in autumn is meant', () => {
  assert.equal(at('2026-11-01T05:30:00Z', 'America/New_York'), 'Nov 1, 2026, 1:30 AM EDT, UTC−4');
  assert.equal(at('2026-11-01T06:30:00Z', 'America/New_York'), 'Nov 1, 2026, 1:30 AM EST, UTC−5');
  assert.equal(at('2026-10-25T00:30:00Z', 'Europe/Berlin'), 'Oct 25, 2026, 2:30 AM, UTC+2 (Europe/Berlin)');
  assert.equal(at('2026-10-25T01:30:00Z', 'Europe/Berlin'), 'Oct 25, 2026, 2:30 AM, UTC+1 (Europe/Berlin)');
});

test('a zone without a short English name has its offset, then its own name', () => {
  const july: Readonly<Record<string, string>> = {
    'Europe/Berlin': 'Jul 4, 2026, 4:00 PM, UTC+2 (Europe/Berlin)',
    'Europe/London': 'Jul 4, 2026, 3:00 PM, UTC+1 (Europe/London)',
    'Asia/Kolkata': 'Jul 4, 2026, 7:30 PM, UTC+5:30 (Asia/Kolkata)',
    'Asia/Kathmandu': 'Jul 4, 2026, 7:45 PM, UTC+5:45 (Asia/Kathmandu)',
    'America/St_Johns': 'Jul 4, 2026, 11:30 AM, UTC−2:30 (America/St_Johns)',
    'Pacific/Kiritimati': 'Jul 5, 2026, 4:00 AM, UTC+14 (Pacific/Kiritimati)',
  };

  for (const [zone, time] of Object.entries(july)) assert.equal(at('2026-07-04T14:00:02Z', zone), time);
});

test('midnight belongs to the day that begins', () => {
  assert.equal(at('2026-03-04T00:00:00Z', 'UTC'), 'Mar 4, 2026, 12:00 AM UTC');
  assert.equal(at('2026-03-04T00:30:00Z', 'America/Los_Angeles'), 'Mar 3, 2026, 4:30 PM PST, UTC−8');
});

test('UTC by any name is only UTC, and other zones may be level with it', () => {
  for (const zone of ['UTC', 'Etc/UTC', 'Etc/GMT', 'Zulu'])
    assert.equal(at('2026-01-04T14:00:02Z', zone), 'Jan 4, 2026, 2:00 PM UTC');
  assert.equal(at('2026-01-04T14:00:02Z', 'Europe/London'), 'Jan 4, 2026, 2:00 PM GMT, UTC+0');
  assert.equal(at('2026-01-04T14:00:02Z', 'Europe/Lisbon'), 'Jan 4, 2026, 2:00 PM, UTC+0 (Europe/Lisbon)');
});

test('zones that hours of operation can name are shown with their meaning', () => {
  assert.equal(at('2026-07-04T14:00:02Z', 'EST'), 'Jul 4, 2026, 9:00 AM EST, UTC−5');
  assert.equal(at('2026-07-04T14:00:02Z', 'EST5EDT'), 'Jul 4, 2026, 10:00 AM EDT, UTC−4');
  assert.equal(at('2026-07-04T14:00:02Z', 'US/Eastern'), 'Jul 4, 2026, 10:00 AM EDT, UTC−4');
  assert.equal(at('2026-07-04T14:00:02Z', 'Japan'), 'Jul 4, 2026, 11:00 PM, UTC+9 (Japan)');
  // The name has the offset with its sign reversed, and would confuse.
  assert.equal(at('2026-07-04T14:00:02Z', 'Etc/GMT+5'), 'Jul 4, 2026, 9:00 AM, UTC−5');
  assert.equal(at('2026-07-04T14:00:02Z', 'CET'), 'Jul 4, 2026, 4:00 PM, UTC+2');
  assert.equal(at('2026-07-04T14:00:02Z', '+05:30'), 'Jul 4, 2026, 7:30 PM, UTC+5:30');
});

test('offsets of old have seconds', () => {
  assert.equal(
    at('1960-01-01T00:00:00Z', 'Africa/Monrovia'),
    'Dec 31, 1959, 11:15 PM, UTC−0:44:30 (Africa/Monrovia)',
  );
});

test('in every zone, now and in the past, the offset leads from the time shown to UTC', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'EST', 'Etc/GMT-14', '-03:30');
  const time = fc.date({ min: new Date('1970-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

  fc.assert(
    fc.property(zone, time, (timeZone, date) => {
      const shown = callTime(date.getTime(), timeZone);
      const [, wallClock = '', sign, hours, minutes = '0', seconds = '0'] =
        /^(\w+ \d+, \d+, \d+:\d\d [AP]M)(?:(?: [A-Z]+)?, UTC([+−])(\d+)(?::(\d\d))?(?::(\d\d))?(?: \(\S+\))?| UTC)$/.exec(
          shown,
        ) ?? [];
      const offsetMs = (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
      const utcMs = Date.parse(`${wallClock} UTC`) - (sign === '−' ? -offsetMs : offsetMs);
      // The time shown is cut to whole minutes.
      assert.ok(date.getTime() - utcMs >= 0 && date.getTime() - utcMs < 60_000, `${shown} in ${timeZone}`);
    }),
    { numRuns: 1000 },
  );
});

test('only zones that IANA knows are zones', () => {
  assert.ok(isTimeZone('America/New_York'));
  for (const name of ['', 'Mars/Olympus', 'America/New York', '../etc'])
    assert.equal(isTimeZone(name), false);
});

test('a zone that Node does not know is UTC rather than an error', () => {
  assert.equal(timeZoneOrUtc('Asia/Kolkata'), 'Asia/Kolkata');
  assert.equal(timeZoneOrUtc('Mars/Olympus'), 'UTC');
});
