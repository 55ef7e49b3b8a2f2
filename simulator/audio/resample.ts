/** Half the filter's length, in periods of the lower of the two rates. */
const HALF_PERIODS = 32;
/** Kaiser's shape parameter: 8 keeps what folds back about 80 dB down. */
const KAISER_BETA = 8;
/** How much of the lower rate's band is kept when samples are thrown away; the rest is the filter's slope. */
const PASS_BAND = 0.9;

/**
 * The same sound at another sample rate, by a Kaiser-windowed sinc filter.
 *
 * The rates' ratio is reduced to steps/phases: output sample n lies at
 * n * steps / phases of the input, so only `phases` different sets of filter taps
 * exist (2 for 8 to 16 kHz, 80 for 44.1 to 8 kHz), and they are made once per
 * call. Raising the rate leaves every input sample as it was.
 *
 * Source: Oppenheim and Schafer, "Discrete-Time Signal Processing", section 4.6,
 * changing the sampling rate by a noninteger factor.
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const phases = toHz / divisor;
  const steps = fromHz / divisor;
  const lowers = toHz < fromHz;
  const cutoff = lowers ? (PASS_BAND * toHz) / fromHz : 1;
  const halfTaps = Math.ceil(lowers ? (HALF_PERIODS * fromHz) / toHz : HALF_PERIODS);
  const filters = Array.from({ length: phases }, (_, phase) => taps(phase / phases, halfTaps, cutoff));

  const output = new Float32Array(Math.floor((samples.length * toHz) / fromHz));
  for (let n = 0; n < output.length; n += 1) {
    const position = n * steps;
    const filter = filters[position % phases];
    if (filter) output[n] = filteredAt(samples, Math.floor(position / phases) - halfTaps + 1, filter);
  }
  return output;
}

/** The samples from `first` on, weighted by the filter. Beyond both ends there is silence. */
function filteredAt(samples: Float32Array, first: number, filter: Float32Array): number {
  const from = Math.max(0, -first);
  const until = Math.min(filter.length, samples.length - first);
  let sum = 0;
  for (let tap = from; tap < until; tap += 1) sum += (samples[first + tap] ?? 0) * (filter[tap] ?? 0);
  return sum;
}

/** Weights for a point `fraction` of a sample after tap `halfTaps - 1`. They add up to 1. */
function taps(fraction: number, halfTaps: number, cutoff: number): Float32Array {
  const weights = Float64Array.from({ length: 2 * halfTaps }, (_, tap) => {
    const distance = tap - halfTaps + 1 - fraction;
    return sinc(cutoff * distance) * kaiser(distance / halfTaps);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window at `x` from -1 to 1. */
function kaiser(x: number): number {
  return bessel0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel0(KAISER_BETA);
}

/** The modified Bessel function of order 0, by its power series. */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 40; k += 1) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
