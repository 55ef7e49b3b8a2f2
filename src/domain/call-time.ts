/**
 * The time of a call in a zone, for people, with the zone's offset from UTC beside it, so that a reader
 * notices old zone data:
 *
 * - `Mar 4, 2026, 9:00 AM EST, UTC−5` where English has a short name for the zone
 * - `Jul 4, 2026, 4:00 PM, UTC+2 (Europe/Berlin)` where it has none
 * - `Mar 4, 2026, 2:00 PM UTC` in UTC
 *
 * The minus sign is U+2212. Minutes and seconds of an offset appear where they are not zero.
 * Throws RangeError for a zone that Node does not know (see `isTimeZone`).
 */
export function callTime(timeMs: number, timeZone: string): string {
  const { time, short, longOffset } = formatsOf(timeZone);
  const text = time.format(timeMs).replaceAll('\u202F', ' ');
  const name = zoneName(timeMs, short);
  if (name === 'UTC') return `${text} UTC`;
  const offset = utcOffset(zoneName(timeMs, longOffset));
  if (!BARE_OFFSET.test(name)) return `${text} ${name}, ${offset}`;
  // The names of other zones add nothing, or confuse: Etc/GMT+5 is five hours behind UTC.
  return REGION.test(timeZone) ? `${text}, ${offset} (${timeZone})` : `${text}, ${offset}`;
}

/** Whether Node knows a zone of this name: `America/New_York`, `UTC`, and also `EST` or `+05:30`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The zone, or UTC if Node does not know it: a time in UTC is better than no voicemail. */
export function timeZoneOrUtc(name: string): string {
  return isTimeZone(name) ? name : 'UTC';
}

/** What Node writes if a zone has no short name in English. */
const BARE_OFFSET = /^GMT[+\-\u2212]/;
const REGION = /^(?!Etc\/|SystemV\/).*[a-z]/;
const LONG_OFFSET = /^GMT(?:([+\-\u2212])(\d\d):(\d\d)(?::(\d\d))?)?$/;

type Formats = Readonly<Record<'time' | 'short' | 'longOffset', Intl.DateTimeFormat>>;

/** To make them takes thirty times as long as to use them. */
const FORMATS = new Map<string, Formats>();
/** One name of a zone can be written in many ways, with large and small letters. */
const MOST_FORMATS = 100;

function formatsOf(timeZone: string): Formats {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const withName = (timeZoneName: 'short' | 'longOffset') =>
    new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName });
  const formats = {
    time: new Intl.DateTimeFormat('en-US', {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone,
    }),
    short: withName('short'),
    longOffset: withName('longOffset'),
  };
  if (FORMATS.size >= MOST_FORMATS) FORMATS.clear();
  FORMATS.set(timeZone, formats);
  return formats;
}

function zoneName(timeMs: number, format: Intl.DateTimeFormat): string {
  return format.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `UTC−5` for `GMT-05:00`, `UTC+5:30` for `GMT+05:30`, `UTC+0` for `GMT`. */
function utcOffset(longOffset: string): string {
  const [, sign = '+', hours = '00', minutes = '00', seconds = '00'] = LONG_OFFSET.exec(longOffset) ?? [];
  const rest = seconds === '00' ? (minutes === '00' ? '' : `:${minutes}`) : `:${minutes}:${seconds}`;
  return `UTC${sign === '+' ? '+' : '\u2212'}${Number(hours)}${rest}`;
}
