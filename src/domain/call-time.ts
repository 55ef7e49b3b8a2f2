/**
 * When a call was, in a zone, for people: `Mar 4, 2026, 9:00 AM EST`.
 *
 * Where the zone has no short name in English but its offset, its IANA name comes
 * with it: `Jul 4, 2026, 4:00 PM GMT+2 (Europe/Berlin)`. A zone that there is not
 * would throw: ask `isTimeZone` where it was not checked before.
 */
export function callTime(timeMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  const time = format.format(timeMs).replaceAll('\u202F', ' ');
  return /GMT[+-][\d:]+$/.test(time) ? `${time} (${timeZone})` : time;
}

/** Whether a name is one of the IANA zones that this Node knows: `America/New_York`, `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
