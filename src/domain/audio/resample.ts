/** Samples of any size in, samples of another rate out, as they become known. */
export interface Resampler {
  readonly push: (samples: Float64Array) => Float64Array;
  /** What is still owed when there is no more. */
  readonly finish: () => Float64Array;
}

/** On each side of a sample, counted in samples of the lower rate. */
const ZERO_CROSSINGS = 32;
/** Of half the lower rate. Above, the filter has fallen to nothing where frequencies would fold back. */
const CUTOFF = 0.9;

/**
 * Brings audio to a lower rate: each new sample is the sum of the old ones around
 * it, weighted by a low-pass filter, a sinc under a Blackman window. For 8000 Hz,
 * frequencies up to 3.2 kHz pass unchanged, and from 4 kHz on 70 dB are taken
 * away, which is what a telephone does. The new samples lie where the old ones
 * did: there is no delay, and silence is assumed before and behind.
 *
 * Source: J. O. Smith, "Digital Audio Resampling", 2002; the window is that of
 * Blackman and Tukey, "The Measurement of Power Spectra", 1958.
 */
export function createResampler(fromHz: number, toHz: number): Resampler {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  /** The next new sample is `step / phases` old ones behind the last. */
  const step = fromHz / divisor;
  const phases = toHz / divisor;
  const reach = Math.ceil((ZERO_CROSSINGS * fromHz) / toHz);
  const weights = new Map<number, Float64Array>();
  let heard = new Float64Array(reach - 1);
  /** Where in `heard` the sample lies at or before the next new one, and how far behind it that one lies. */
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

/** One weight for each of the `2 * reach` samples around a point that lies `shift` behind one of them. They sum to 1. */
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
