/** Takes pieces of any size, and returns the samples at the other rate as soon as they are known. */
export interface Resampler {
  readonly push: (samples: Float64Array) => Float64Array;
  /** Returns the remaining samples at the end. */
  readonly finish: () => Float64Array;
}

/** The filter's reach on each side of a sample, in samples of the lower rate. */
const ZERO_CROSSINGS = 32;
/** A share of half the lower rate. The filter reaches zero before frequencies fold back. */
const CUTOFF = 0.9;

/**
 * Brings audio to a lower rate: each new sample is the sum of the old ones around it, weighted by a low-pass
 * filter, a sinc under a Blackman window. For 8000 Hz, frequencies up to 3.2 kHz pass unchanged, and from 4
 * kHz on they are 70 dB softer, as on a telephone. There is no delay, and silence is assumed before and
 * after.
 *
 * Source: J. O. Smith, "Digital Audio Resampling", 2002; the window is that of
 * Blackman and Tukey, "The Measurement of Power Spectra", 1958.
 */
export function createResampler(fromHz: number, toHz: number): Resampler {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  /** The next new sample is `step / phases` old ones after the last. */
  const step = fromHz / divisor;
  const phases = toHz / divisor;
  const reach = Math.ceil((ZERO_CROSSINGS * fromHz) / toHz);
  const weights = new Map<number, Float64Array>();
  let heard = new Float64Array(reach - 1);
  /**
   * The index in `heard` of the sample at or before the next new one, and the distance from it to the new
   * one.
   */
  let base = reach - 1;
  let phase = 0;

  function weightsAt(at: number): Float64Array {
    const known = weights.get(at);
    if (known) return known;
    const made = lowPass({ reach, cutoff: (CUTOFF * toHz) / fromHz, shift: at / phases });
    weights.set(at, made);
    return made;
  }

  function push(samples: Float64Array): Float64Array {
    const input = new Float64Array(heard.length + samples.length);
    input.set(heard);
    input.set(samples, heard.length);
    const output: number[] = [];
    while (base + reach < input.length) {
      const taps = weightsAt(phase);
      const first = base - reach + 1;
      let sum = 0;
      for (let i = 0; i < taps.length; i++) sum += (taps[i] ?? 0) * (input[first + i] ?? 0);
      output.push(sum);
      phase += step;
      base += Math.floor(phase / phases);
      phase %= phases;
    }
    const done = Math.min(base - reach + 1, input.length);
    heard = input.slice(done);
    base -= done;
    return Float64Array.from(output);
  }

  return { push, finish: () => push(new Float64Array(reach)) };
}

/**
 * One weight for each of the `2 * reach` samples around a point that is `shift` after one of them. They sum
 * to 1.
 */
function lowPass({ reach, cutoff, shift }: { reach: number; cutoff: number; shift: number }): Float64Array {
  const taps = Float64Array.from({ length: 2 * reach }, (_, i) => {
    const x = i - reach + 1 - shift;
    return sinc(cutoff * x) * blackman(x / reach);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** 1 in the middle, 0 at -1 and at 1. */
function blackman(x: number): number {
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
