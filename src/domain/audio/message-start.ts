import * as z from 'zod/mini';

/**
 * Contact records cut times to whole seconds, so a recording can begin up to a second later than its record
 * says.
 */
const CUT_MS = 1000;

const EPOCH_MS = /^\d{12,14}$/;
const isoTime = z.iso.datetime({ offset: true });

/**
 * How many milliseconds into its recording a message begins, which is 0 if the flow did not say, or
 * `unusable` if the flow's time makes no sense: then the start is unknown, and the whole recording is kept.
 * The result can be up to a second too early: some of the tone before the message is better than a lost
 * word.
 *
 * `timestamp`, the attribute `vmx3_timestamp`, is a number of milliseconds since the epoch, or ISO 8601 with its
 * offset from UTC: `2026-03-04T14:00:24Z`. It must lie within the recording, a
 * second more at the end, because the record's times are cut to whole seconds.
 */
export function messageOffsetMs(
  timestamp: string | undefined,
  { startMs, stopMs = Infinity }: { startMs?: number | undefined; stopMs?: number | undefined },
): number | 'unusable' {
  if (timestamp === undefined || timestamp === '') return 0;
  const timeMs = messageStartMs(timestamp);
  if (timeMs === undefined || startMs === undefined) return 'unusable';
  if (timeMs < startMs || timeMs > stopMs + CUT_MS) return 'unusable';
  return Math.max(timeMs - startMs - CUT_MS, 0);
}

/** The record's times are cut to seconds, and a recording may begin and end a moment later. */
const LEAST_PAUSE_MS = 2500;

/**
 * How far into the file the message begins if the recording was paused, and the pauses were cut out. Then the
 * file is shorter than its times say, and the message begins by so much sooner, at most: a pause after
 * its beginning changes nothing. It is not documented whether a pause is silence in the file or is cut out. The
 * result is never too late, so that no word is lost.
 */
export function withoutPauses(
  offsetMs: number,
  { startMs, stopMs }: { startMs?: number | undefined; stopMs?: number | undefined },
  lengthMs: number,
): number {
  if (startMs === undefined || stopMs === undefined) return offsetMs;
  const missingMs = stopMs - startMs - lengthMs;
  return missingMs < LEAST_PAUSE_MS ? offsetMs : Math.max(0, offsetMs - missingMs);
}

/** When a message begins by that attribute, milliseconds since the epoch; undefined if it is not a time. */
export function messageStartMs(timestamp: string): number | undefined {
  return EPOCH_MS.test(timestamp) ? Number(timestamp) : isoTimeMs(timestamp);
}

function isoTimeMs(text: string): number | undefined {
  return isoTime.safeParse(text).success ? Date.parse(text) : undefined;
}
