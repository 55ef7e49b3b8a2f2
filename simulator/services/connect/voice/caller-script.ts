import { readWav } from '../../../audio/read-wav.ts';
import { say } from '../../../audio/say.ts';

/** What a caller does next. Each step begins when the one before is done. */
export type CallerStep =
  /** Samples (8 kHz, mono, not to be changed afterwards), a WAV file, or English text, synthesized before the phone rings. */
  | { readonly kind: 'say'; readonly audio: Int16Array | Uint8Array | string }
  /** One key after the other, a quarter of a second each: `1`, `12#`. */
  | {
      readonly kind: 'press';
      readonly keys: string;
      /** Not before a key would be taken. Absent: at once, whether anybody listens or not. */
      readonly when?: 'asked';
    }
  | { readonly kind: 'wait'; readonly ms: number }
  /**
   * Waits until something is heard that has not been waited for before: words of a
   * prompt, in whatever case, `(tone)`, or `(agent)` once one is on the line. It may
   * have been heard already, since what the last `hear` waited for. One that is cut
   * off has ended.
   */
  | {
      readonly kind: 'hear';
      readonly what: string | RegExp;
      /** Absent: `ended`. */
      readonly until?: 'begun' | 'ended';
      /** Absent: as long as the call lasts. */
      readonly withinMs?: number;
      /** What follows when that was too long. Absent: `hang-up`. */
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
      /** Absent: nobody knows them. */
      readonly words?: string;
    };

/**
 * Turns what a caller is to say into samples. Without text to synthesize, that is
 * done at once.
 *
 * Throws WavError for a file that cannot be said, RangeError for anything else that
 * cannot be done; rejects with SpeechUnavailableError.
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
