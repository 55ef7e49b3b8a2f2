/** A time that no call can be placed at. The message is for the person who asked for it. */
export class CallTimeError extends Error {
  override readonly name = 'CallTimeError';
}

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d)(Z|[+-]\d{2}:\d{2})?$/;
const DAY_MS = 86_400_000;
/** Everything that the simulator keeps for some days is gone then, and certificates of the far future are untested. */
const FURTHEST_DAYS = 366;

/**
 * When a call comes in, epoch milliseconds: `22:30` is the next such time, `2026-12-24T18:00` is local time in
 * `timeZone`, unless an offset says otherwise. The simulator's clock does not go back, and it goes forward by
 * a year at most. A local time that summer time skips is taken an hour earlier.
 *
 * Throws CallTimeError.
 */
export function callTime(at: string, { nowMs, timeZone }: { nowMs: number; timeZone: string }): number {
  const timeMs = TIME_OF_DAY.test(at) ? nextTimeOfDay(at, { nowMs, timeZone }) : timeOfDate(at, timeZone);
  // To the minute: a call that comes in this minute comes in now.
  if (timeMs <= nowMs - 60_000) {
    throw new CallTimeError(
      `${shownTime(timeMs, timeZone)} is past: the simulator's clock says ${shownTime(nowMs, timeZone)}, and it only goes forward. For an earlier time, end this simulator and start it again`,
    );
  }
  if (timeMs > nowMs + FURTHEST_DAYS * DAY_MS) {
    throw new CallTimeError(`${at} is more than ${FURTHEST_DAYS} days after ${shownTime(nowMs, timeZone)}`);
  }
  return Math.max(timeMs, nowMs);
}

/** `Tue 1 Dec 2026, 22:30 (America/New_York)` */
export function shownTime(timeMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const part = (type: string) => format.formatToParts(timeMs).find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')} (${timeZone})`;
}

function nextTimeOfDay(at: string, { nowMs, timeZone }: { nowMs: number; timeZone: string }): number {
  const days = [0, 1].map((later) => new Date(localMs(nowMs, timeZone) + later * DAY_MS).toISOString());
  const times = days.map((day) => epochMs(`${day.slice(0, 10)}T${at}:00Z`, timeZone));
  return times.find((timeMs) => timeMs > nowMs - 60_000) ?? nowMs + DAY_MS;
}

function timeOfDate(at: string, timeZone: string): number {
  const [, day, time, offset] = LOCAL.exec(at) ?? [];
  const isDay = day !== undefined && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day);
  if (!isDay || time === undefined)
    throw new CallTimeError(`${at} is no time: write 22:30, 2026-12-24T18:00 or 2026-12-24T18:00+01:00`);
  return offset === undefined
    ? epochMs(`${day}T${time}:00Z`, timeZone)
    : Date.parse(`${day}T${time}${offset}`);
}

/** `localIso` is local time, written as if it was UTC. */
function epochMs(localIso: string, timeZone: string): number {
  const wantedMs = Date.parse(localIso);
  const guessMs = wantedMs - offsetMs(wantedMs, timeZone);
  return wantedMs - offsetMs(guessMs, timeZone);
}

function localMs(timeMs: number, timeZone: string): number {
  return timeMs + offsetMs(timeMs, timeZone);
}

/** How far local time is ahead of UTC. */
function offsetMs(timeMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
