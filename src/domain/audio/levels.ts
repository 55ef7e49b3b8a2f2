import { loudest, squaresOf, WINDOW_BYTES, windows } from './loudness.ts';

/**
 * How loud a recording is, for the code that draws it and the code that checks whether
 * anything was said. Levels are shares of full scale, 0 to 1, to four decimals;
 * the samples' limit is 1, and 0.001 is -60 dBFS.
 */
export interface Levels {
  readonly durationMs: number;
  /** The loudest sample. */
  readonly peak: number;
  /** Root mean square of the loudest 100 ms. */
  readonly rms: number;
  /** For how long it was louder than -55 dBFS, in total and in the longest stretch: steps of 100 ms. */
  readonly soundMs: number;
  readonly longestSoundMs: number;
  /** The loudest sample of each `windowMs`, at most 400 of them; the last can cover less. */
  readonly waveform: readonly number[];
  /** 100, doubled as often as the length requires. */
  readonly windowMs: number;
}

const SAMPLES_PER_MS = 8;
const WINDOW_MS = 100;
const WINDOW_SAMPLES = WINDOW_BYTES / 2;
const FULL_SCALE = 32_768;
const MOST_POINTS = 400;

/**
 * A window louder than -55 dBFS holds a sound. Speech is at its loudest around -15 (those in `samples/`: -11
 * to -16), so a caller who speaks 35 dB too softly is still heard. An idle digital line is silent or near
 * -65; noise of a bad one, near -50, counts as a caller: that costs an agent a moment, but no message is
 * lost.
 */
const SOUND_RMS = FULL_SCALE * 10 ** (-55 / 20);
/** A click touches one window, two at most; the vowel of a word fills two. */
const WORD_MS = 200;
/** In very soft speech only the vowels can be loud enough, with pauses between. */
const VOWELS_MS = 500;

/** Whether nothing was said: shorter than `minimumMs`, or silence throughout. */
export function isBlank(levels: Levels, minimumMs: number): boolean {
  return levels.durationMs < minimumMs || !hasSound(levels);
}

/**
 * Whether there is anything to hear.
 *
 * Losing a soft voice is far worse than delivering a blank message, so every sound that is loud enough
 * counts as speech, also breath, traffic, or the echo of a tone.
 */
export function hasSound({ soundMs, longestSoundMs }: Levels): boolean {
  return longestSoundMs >= WORD_MS || soundMs >= VOWELS_MS;
}

/** Measures a recording while it is read. */
export interface LevelMeter {
  /** Signed 16-bit little-endian samples, 8000 a second, cut anywhere, even within a sample. */
  readonly add: (pcm: Uint8Array) => void;
  /** Returns the levels. Call it once, after all samples were added; half a sample at the end is left out. */
  readonly end: () => Levels;
}

/** Constant memory: if there are too many points, two neighbors become one. */
export function levelMeter(): LevelMeter {
  let waveform: number[] = [];
  let windowsPerPoint = 1;
  let windowCount = 0;
  let byteCount = 0;
  let peak = 0;
  let loudestRms = 0;
  let soundWindows = 0;
  let stretch = 0;
  let longestStretch = 0;
  /** The beginning of the window that is not full yet. */
  const begun = Buffer.alloc(WINDOW_BYTES);
  let begunBytes = 0;

  function addWindow(at: number): void {
    const rms = Math.sqrt(squaresOf(at) / WINDOW_SAMPLES);
    const windowPeak = loudest();
    const isSound = rms > SOUND_RMS;
    stretch = isSound ? stretch + 1 : 0;
    soundWindows += isSound ? 1 : 0;
    longestStretch = Math.max(longestStretch, stretch);
    loudestRms = Math.max(loudestRms, rms);
    peak = Math.max(peak, windowPeak);

    const point = Math.floor(windowCount / windowsPerPoint);
    waveform[point] = Math.max(waveform[point] ?? 0, windowPeak);
    windowCount += 1;
    if (waveform.length > MOST_POINTS) {
      waveform = inPairs(waveform);
      windowsPerPoint *= 2;
    }
  }

  return {
    add(pcm) {
      byteCount += pcm.length;
      for (let at = 0; at < pcm.length;) {
        begun.copy(windows, 0, 0, begunBytes);
        const takenBytes = Math.min(pcm.length - at, windows.length - begunBytes);
        windows.set(takenBytes === pcm.length ? pcm : pcm.subarray(at, at + takenBytes), begunBytes);
        at += takenBytes;
        begunBytes += takenBytes;
        const wholeBytes = begunBytes - (begunBytes % WINDOW_BYTES);
        for (let start = 0; start < wholeBytes; start += WINDOW_BYTES) addWindow(start);
        windows.copy(begun, 0, wholeBytes, begunBytes);
        begunBytes -= wholeBytes;
      }
    },
    end() {
      const wholeBytes = begunBytes - (begunBytes % 2);
      // A last window that is not full counts as if silence followed.
      windows.set(begun.fill(0, wholeBytes));
      if (wholeBytes > 0) addWindow(0);
      return {
        durationMs: Math.round(Math.floor(byteCount / 2) / SAMPLES_PER_MS),
        peak: share(peak),
        rms: share(loudestRms),
        soundMs: soundWindows * WINDOW_MS,
        longestSoundMs: longestStretch * WINDOW_MS,
        waveform: waveform.map(share),
        windowMs: windowsPerPoint * WINDOW_MS,
      };
    },
  };
}

function inPairs(points: readonly number[]): number[] {
  return Array.from({ length: Math.ceil(points.length / 2) }, (_, index) =>
    Math.max(points[index * 2] ?? 0, points[index * 2 + 1] ?? 0),
  );
}

/** As a share of full scale, to four decimals. */
const share = (level: number) => Math.round((level / FULL_SCALE) * 10_000) / 10_000;
