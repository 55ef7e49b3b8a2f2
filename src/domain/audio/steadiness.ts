const WINDOW_SAMPLES = 800;
/** From the softest sample that is not silence to full scale, in whole decibels. */
const RANGE_DB = 91;
/** Between words and breaths speech falls by 15 dB and more; the noise of a line stays within 2. */
const STEADY_DB = 6;

/** Tells noise, which is as loud all the time, from speech. Constant memory. */
export interface SteadinessMeter {
  /** Signed 16-bit little-endian samples, 8000 a second, in whole samples. */
  readonly add: (pcm: Uint8Array) => void;
  /**
   * Whether nine tenths of all stretches of 100 ms differ by less than 6 dB in their loudest sample. True for
   * silence, and for less than a second.
   */
  readonly isSteady: () => boolean;
}

export function steadinessMeter(): SteadinessMeter {
  /** How many windows had their loudest sample so many decibels above 1. */
  const windows = new Uint32Array(RANGE_DB);
  let count = 0;
  let filled = 0;
  let peak = 0;

  function levelAbove(share: number): number {
    let left = count * share;
    return windows.findIndex((some) => (left -= some) < 0);
  }

  return {
    add(pcm) {
      const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
      for (let at = 0; at < pcm.length; at += 2) {
        peak = Math.max(peak, Math.abs(view.getInt16(at, true)));
        filled += 1;
        if (filled < WINDOW_SAMPLES) continue;
        const level = Math.floor(20 * Math.log10(Math.max(peak, 1)));
        windows[level] = (windows[level] ?? 0) + 1;
        count += 1;
        filled = peak = 0;
      }
    },
    isSteady: () => count < 10 || levelAbove(0.95) - levelAbove(0.05) < STEADY_DB,
  };
}
