import type { Levels } from './audio/levels.ts';
import type { LedgerItem } from './ledger-entry.ts';

export type NotedLevels = NonNullable<LedgerItem['levels']>;

const MOST_POINTS = 200;
const FULL_SCALE = 255;

/** Levels as the ledger notes them, in some 350 bytes: an entry is written several times. */
export function notedLevels({ peak, rms, soundMs, longestSoundMs, waveform, windowMs }: Levels): NotedLevels {
  let points = waveform;
  let pointMs = windowMs;
  while (points.length > MOST_POINTS) {
    points = points.flatMap((point, at) => (at % 2 === 0 ? [Math.max(point, points[at + 1] ?? 0)] : []));
    pointMs *= 2;
  }
  const bytes = Uint8Array.from(points, (point) => Math.round(point * FULL_SCALE));
  return {
    peak,
    rms,
    soundMs,
    longestSoundMs,
    windowMs: pointMs,
    waveform: Buffer.from(bytes).toString('base64'),
  };
}

/** The loudest sample of each `windowMs`, 0 to 1. */
export function waveformIn({ waveform }: NotedLevels): readonly number[] {
  return [...Buffer.from(waveform, 'base64')].map((byte) => byte / FULL_SCALE);
}
