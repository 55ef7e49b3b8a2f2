import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logTimeZone } from './log.ts';

test('the log says which time zone data a function has, and warns of a zone that they do not have', () => {
  const lines: unknown[][] = [];
  const at = (level: string) => (message: string, fields?: object) =>
    void lines.push([level, message, fields]);
  const log = { info: at('info'), warn: at('warn'), error: at('error') };

  logTimeZone(log, { configured: 'Asia/Tokyo', used: 'Asia/Tokyo' });
  logTimeZone(log, { configured: 'Mars/Olympus', used: 'UTC' });

  const timeZoneData = process.versions['tz'];
  assert.match(timeZoneData ?? '', /^20\d\d[a-z]+$/);
  assert.deepEqual(lines, [
    ['info', 'time zone data', { timeZone: 'Asia/Tokyo', timeZoneData }],
    [
      'warn',
      'the configured time zone is not one that this function knows',
      { timeZone: 'UTC', timeZoneData, configured: 'Mars/Olympus' },
    ],
  ]);
});
