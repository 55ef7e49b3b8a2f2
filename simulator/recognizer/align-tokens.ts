/** Frames of the encoder, the first and the last of a token's sound. */
export interface FrameRange {
  readonly first: number;
  readonly last: number;
}

const MEDIAN_WIDTH = 7;

/**
 * When each token was spoken, from how the decoder looked at the sound.
 *
 * `attention[token][head][frame]` says how much of its attention a head gave to a
 * frame when it read that token; the heads are ones known to follow time. Each
 * head is standardized per frame and smoothed, the heads are averaged, and
 * dynamic time warping finds the way through tokens and frames that collects the
 * most attention while both only move forward.
 *
 * Source: Radford et al., "Robust Speech Recognition via Large-Scale Weak
 * Supervision" (2022) and its program, word-level timestamps.
 */
export function alignTokens(attention: readonly (readonly Float32Array[])[], frames: number): FrameRange[] {
  const heads = attention[0]?.length ?? 0;
  const cost = attention.map(() => new Float64Array(frames));
  for (let head = 0; head < heads; head += 1) {
    const rows = attention.map((row) => Float64Array.from(row[head] ?? []));
    standardize(rows, frames);
    for (const [token, row] of rows.entries())
      for (const [frame, value] of smoothed(row).entries()) add(cost[token], frame, -value / heads);
  }
  return cheapestPath(cost, frames);
}

/** Takes the mean over tokens from every frame and divides by the deviation, in place. */
function standardize(rows: readonly Float64Array[], frames: number): void {
  for (let frame = 0; frame < frames; frame += 1) {
    const values = rows.map((row) => row[frame] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const deviation = Math.sqrt(variance) + 1e-9;
    for (const [token, row] of rows.entries()) row[frame] = ((values[token] ?? 0) - mean) / deviation;
  }
}

/** The median of seven neighbors; the ends count more than once there. */
function smoothed(row: Float64Array): Float64Array {
  const reach = Math.floor(MEDIAN_WIDTH / 2);
  return row.map((_, frame) => {
    const window = Float64Array.from({ length: MEDIAN_WIDTH }, (_value, index) => {
      const neighbor = Math.min(row.length - 1, Math.max(0, frame + index - reach));
      return row[neighbor] ?? 0;
    });
    return window.toSorted()[reach] ?? 0;
  });
}

function add(row: Float64Array | undefined, frame: number, value: number): void {
  if (row) row[frame] = (row[frame] ?? 0) + value;
}

const DIAGONAL = 0;
const NEXT_TOKEN = 1;
const NEXT_FRAME = 2;

/** Dynamic time warping. Source: Sakoe and Chiba (1978), without slope constraint. */
function cheapestPath(cost: readonly Float64Array[], frames: number): FrameRange[] {
  const width = frames + 1;
  const total = new Float64Array((cost.length + 1) * width).fill(Infinity);
  const cameBy = new Uint8Array(total.length);
  total[0] = 0;
  const totalAt = (token: number, frame: number) => total[token * width + frame] ?? Infinity;

  for (const [index, row] of cost.entries()) {
    const token = index + 1;
    for (let frame = 1; frame <= frames; frame += 1) {
      const ways = [totalAt(token - 1, frame - 1), totalAt(token - 1, frame), totalAt(token, frame - 1)];
      const cheapest = Math.min(...ways);
      total[token * width + frame] = cheapest + (row[frame - 1] ?? 0);
      cameBy[token * width + frame] = ways.indexOf(cheapest);
    }
  }
  return walkedBack(cameBy, cost.length, frames);
}

function walkedBack(cameBy: Uint8Array, tokens: number, frames: number): FrameRange[] {
  const ranges = Array.from({ length: tokens }, () => ({ first: 0, last: -1 }));
  let token = tokens;
  let frame = frames;
  while (token > 0 && frame > 0) {
    const range = ranges[token - 1];
    if (range) {
      range.first = frame - 1;
      if (range.last < 0) range.last = frame - 1;
    }
    const way = cameBy[token * (frames + 1) + frame];
    if (way === DIAGONAL || way === NEXT_TOKEN) token -= 1;
    if (way === DIAGONAL || way === NEXT_FRAME) frame -= 1;
  }
  return ranges;
}
