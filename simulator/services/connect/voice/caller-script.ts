import { readWav } from '../../../audio/read-wav.ts';
import { say } from '../../../audio/say.ts';

/** A step of a caller. Each step begins when the one before has ended. */
export type CallerStep =
  /**
   * Samples (8 kHz, mono, must not be changed afterwards), a WAV file, or English text, which is synthesized
   * before the phone rings.
   */
  | { readonly kind: 'say'; readonly audio: Int16Array | Uint8Array | string }
  /** One key after the other, a quarter of a second each: `1`, `12#`. */
  | {
      readonly kind: 'press';
      readonly keys: string;
      /**
       * Waits until the flow accepts a key. Absent: presses at once, even if the flow does not wait for
       * keys.
       */
      readonly when?: 'asked';
    }
  | { readonly kind: 'wait'; readonly ms: number }
  /**
   * Waits until a sound is heard after the sound of the last `hear` step: words of a prompt, in any case,
   * `(tone)`, or `(agent)` once an agent is on the line. The sound can have been heard before this step
   * begins. A prompt that was cut off has ended.
   */
  | {
      readonly kind: 'hear';
      readonly what: string | RegExp;
      /** Absent: `ended`. */
      readonly until?: 'begun' | 'ended';
      /** Absent: as long as the call lasts. */
      readonly withinMs?: number;
      /** What the caller does if the sound is not heard in time. Absent: `hang-up`. */
      readonly otherwise?: 'hang-up' | 'go-on';
    }
  | { readonly kind: 'hang-up' }
  /** Stays on the line until the other side ends the call. */
  | { readonly kind: 'stay' };

export type ReadyStep =
  | Exclude<CallerStep, { kind: 'say' }>
  | {
      readonly kind: 'say';
      readonly samples: Int16Array;
      /** Absent: unknown. */
      readonly words?: string;
    };

/**
 * Turns the caller's words into samples. Returns the steps at once if there is no text to synthesize.
 *
 * Throws WavError for a WAV file that cannot be used, RangeError for any other invalid step; rejects with
 * SpeechUnavailableError.
 */
export function readScript(
  script: readonly CallerStep[],
): readonly ReadyStep[] | Promise<readonly ReadyStep[]> {
  const steps = script.map(readStep);
  return steps.every((step) => 'kind' in step)
    ? steps
    : Promise.all(steps.map(async (step) => ('kind' in step ? step : spoken(step.words))));
}

function readStep(step: CallerStep): ReadyStep | { readonly words: string } {
  if (step.kind === 'press' && !/^[0-9*#]+$/.test(step.keys)) {
    throw new RangeError(`no keys to press: ${step.keys}; a telephone has 0 to 9, * and #`);
  }
  if (step.kind === 'wait' && !(step.ms >= 0)) throw new RangeError(`not a time to wait: ${step.ms} ms`);
  if (step.kind !== 'say') return step;
  const { audio } = step;
  if (typeof audio === 'string') return { words: audio };
  return { kind: 'say', samples: audio instanceof Int16Array ? audio : readWav(audio) };
}

async function spoken(words: string): Promise<ReadyStep> {
  return { kind: 'say', samples: await say(words), words };
}
