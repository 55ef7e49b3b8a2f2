import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRegionTimeZone, meantTimeZone } from './time-zone.ts';

test('the zone of a region is allowed by every name that IANA has for it, and so is UTC', () => {
  const others = [
    ['America/Indiana/Indianapolis', 'America/Argentina/ComodRivadavia', 'America/Knox_IN', 'America/Nuuk'],
    ['Asia/Kolkata', 'Asia/Calcutta', 'Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Europe/Kyiv', 'Europe/Kiev'],
    ['US/Eastern', 'US/East-Indiana', 'Canada/Newfoundland', 'Brazil/DeNoronha', 'Chile/EasterIsland'],
    ['Mexico/BajaSur', 'Australia/ACT', 'Australia/NSW', 'Australia/LHI', 'Antarctica/South_Pole'],
    ['UTC', 'Etc/UTC'],
  ];

  for (const name of [...Intl.supportedValuesOf('timeZone'), ...others.flat()])
    assert.ok(isRegionTimeZone(name), name);
});

/** Names that are not allowed, with the one that was probably meant. */
const REFUSED: readonly (readonly [name: string, meant: string | undefined])[] = [
  // Abbreviations, which Node takes for Panama, India, and so on.
  ['EST', undefined],
  ['IST', undefined],
  ['PST', undefined],
  ['MST', undefined],
  ['HST', undefined],
  ['CET', undefined],
  ['GMT', undefined],
  ['AET', undefined],
  ['EST5EDT', 'America/New_York'],
  ['PST8PDT', 'America/Los_Angeles'],
  // Offsets; in those of Etc the sign is reversed.
  ['+05:30', undefined],
  ['-0500', undefined],
  ['GMT+5', undefined],
  ['UTC+5', undefined],
  ['UTC−5', undefined],
  ['Etc/GMT+5', undefined],
  ['SystemV/EST5', undefined],
  // Other names that Node knows.
  ['Etc/GMT', 'UTC'],
  ['Etc/Zulu', 'UTC'],
  ['Zulu', 'UTC'],
  ['Japan', 'Asia/Tokyo'],
  ['GB', undefined],
  ['Singapore', 'Asia/Singapore'],
  // Wrong case.
  ['america/new_york', 'America/New_York'],
  ['America/new_york', 'America/New_York'],
  ['AMERICA/NEW_YORK', 'America/New_York'],
  ['asia/kolkata', 'Asia/Kolkata'],
  ['Asia/KOLKATA', 'Asia/Kolkata'],
  ['us/eastern', 'America/New_York'],
  ['utc', 'UTC'],
  ['Utc', 'UTC'],
  // Misspelled, or incomplete.
  ['America/New York', 'America/New_York'],
  ['America/NewYork', 'America/New_York'],
  ['America/New_Yrok', 'America/New_York'],
  ['Amercia/Chicago', 'America/Chicago'],
  ['Asia/Kolkatta', 'Asia/Kolkata'],
  ['Europe/Berln', 'Europe/Berlin'],
  ['Europe/New_York', 'America/New_York'],
  ['America/Indianapolis ', 'America/Indiana/Indianapolis'],
  [' Europe/Paris', 'Europe/Paris'],
  ['New York', 'America/New_York'],
  ['london', 'Europe/London'],
  ['eastern', 'America/New_York'],
  ['Eastern Time', 'America/New_York'],
  ['Eastern Standard Time', 'America/New_York'],
  ['US Central', 'America/Chicago'],
  ['Mountain Daylight Time', 'America/Denver'],
  ['Pacific', 'America/Los_Angeles'],
  ['Hawaii', 'Pacific/Honolulu'],
  ['easter', 'Pacific/Easter'],
  ['São Paulo', 'America/Sao_Paulo'],
  ['America/São_Paulo', 'America/Sao_Paulo'],
  ['Europe/Zürich', 'Europe/Zurich'],
  ['Central European Time', undefined],
  ['W. Europe Standard Time', undefined],
  ['Mumbai', undefined],
  ['America', undefined],
  ['America/', undefined],
  ['America/Zzyzx', undefined],
  ['Mars/Olympus', undefined],
  ['Etc/Unknown', undefined],
  ['posix/America/New_York', 'America/New_York'],
  ['../America/New_York', 'America/New_York'],
  ['', undefined],
  [' ', undefined],
];

for (const [name, meant] of REFUSED) {
  test(`"${name}" is not allowed, and ${meant ?? 'no zone'} was probably meant`, () => {
    assert.equal(isRegionTimeZone(name), false);
    assert.equal(meantTimeZone(name), meant);
  });
}

test('what is suggested is allowed', () => {
  for (const [, meant] of REFUSED) assert.ok(meant === undefined || isRegionTimeZone(meant), meant);
});
