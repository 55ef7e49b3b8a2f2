import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createLog, type Log, logTimeZone } from './log.ts';

test('the log says which time zone data a function has, and warns of a zone that is not in them', () => {
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

test('each line of a function names the version that wrote it', (t) => {
  const written = linesOf(t, (log) => {
    log.info('contact record seen', { contactId: 'c-1' });
    log.warn('message will be retried', { contactId: 'c-1' });
  });

  assert.equal(written.length, 2);
  for (const line of written) assert.partialDeepStrictEqual(JSON.parse(line), { version: '1.2.3' });
});

test('a field of a log line cannot turn text around', (t) => {
  const [line = ''] = linesOf(t, (log) => {
    log.warn('odd', { names: ['a\u202Eb\u009B'], error: new Error('c\u2066\nd') });
  });

  assert.doesNotMatch(line, /[\u0080-\u009F\u202E\u2066]/u);
  assert.partialDeepStrictEqual(JSON.parse(line), { names: ['a b '], failure: { message: 'c  d' } });
});

/** The lines that `work` writes. */
function linesOf(t: TestContext, work: (log: Log) => void): readonly string[] {
  const written: string[] = [];
  const isDev = process.env['POWERTOOLS_DEV'];
  process.env['POWERTOOLS_DEV'] = 'true';
  t.mock.method(console, 'info', (line: string) => void written.push(line));
  t.mock.method(console, 'warn', (line: string) => void written.push(line));

  work(createLog('1.2.3'));

  if (isDev === undefined) delete process.env['POWERTOOLS_DEV'];
  else process.env['POWERTOOLS_DEV'] = isDev;
  return written;
}
