import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import type { ReadyStep } from './caller-script.ts';
import type { CallerLine } from './caller-line.ts';

/** The time from a key to the next key, or to the next step. */
const KEY_MS = 250;

interface CallerParts {
  /** The call's signal: the caller does nothing after it is aborted. */
  readonly life: AbortSignal;
  readonly line: CallerLine;
  readonly hangUp: () => void;
  /** `says …`, `presses 1` */
  readonly tell: (what: string, atMs: number) => void;
}

/** Runs the caller's next step, from that time on. */
type Next = (atMs: number) => void;

/**
 * Makes a caller follow a script from now on. A caller without steps left hangs up.
 *
 * Each step begins exactly when the step before it ends, without a prompt between them: speech after a tone
 * begins right after the tone's last millisecond, however busy the machine is.
 */
export function startCaller(steps: readonly ReadyStep[], { life, line, hangUp, tell }: CallerParts): void {
  const { time } = line;
  const wait = createCallerWait(line, life);
  const ears = createEars(line.heard);
  take(0, time.now());

  function take(index: number, atMs: number): void {
    if (life.aborted) return;
    const step = steps[index] ?? { kind: 'hang-up' };
    const goOn: Next = (nextMs) => take(index + 1, nextMs);
    switch (step.kind) {
      case 'say':
        tell(`says ${wordsOf(step)}`, atMs);
        line.say(step.samples, atMs);
        return wait.until(atMs + Math.ceil(step.samples.length / SAMPLES_PER_MS), goOn);
      case 'press':
        if (step.when !== 'asked') return press(step.keys, atMs, goOn);
        return wait.untilSo(
          () => (line.takesKeys() ? time.now() : undefined),
          (askedAtMs) => press(step.keys, Math.max(atMs, askedAtMs), goOn),
        );
      case 'wait':
        return wait.until(atMs + step.ms, goOn);
      case 'hear':
        return listen(step, atMs, goOn);
      case 'hang-up':
        return hangUp();
      case 'stay':
        return;
    }
  }

  function press(keys: string, atMs: number, goOn: Next): void {
    if (keys === '') return goOn(atMs);
    const key = keys.charAt(0);
    tell(`presses ${key}`, atMs);
    wait.until(atMs + KEY_MS, (nextMs) => press(keys.slice(1), nextMs, goOn));
    line.press(key);
  }

  function listen(step: ReadyStep & { kind: 'hear' }, sinceMs: number, goOn: Next): void {
    const { withinMs, otherwise = 'hang-up' } = step;
    if (withinMs !== undefined) {
      wait.until(sinceMs + withinMs, (atMs) => {
        line.onChange(undefined);
        if (otherwise === 'go-on') goOn(atMs);
        else hangUp();
      });
    }
    wait.untilSo(
      () => ears.heardAtMs(step),
      (atMs) => {
        if (withinMs !== undefined) wait.cancel();
        goOn(Math.max(sinceMs, atMs));
      },
    );
  }
}

/** The waits of a caller, for a time or for something on the line. They end with the call. */
function createCallerWait({ time, onChange }: CallerLine, life: AbortSignal) {
  let cancel: (() => void) | undefined;
  life.addEventListener('abort', () => {
    onChange(undefined);
    cancel?.();
  });
  return {
    until(timeMs: number, goOn: Next): void {
      cancel = time.at(timeMs, () => goOn(timeMs));
    },
    /** Cancels the wait for a time. */
    cancel: () => cancel?.(),
    /**
     * Calls `sinceWhenMs` at once, and after each change on the line, until it returns a time. Undefined:
     * not yet.
     */
    untilSo(sinceWhenMs: () => number | undefined, goOn: Next): void {
      const look = () => {
        const sinceMs = sinceWhenMs();
        if (sinceMs === undefined) return;
        onChange(undefined);
        goOn(sinceMs);
      };
      onChange(look);
      look();
    },
  };
}

/** Notices each sound on the line once, in order. */
function createEars(heard: CallerLine['heard']) {
  let waitedFor = 0;
  return {
    /** When the sound that a step waits for began or ended; undefined if it has not yet. */
    heardAtMs({ what, until = 'ended' }: ReadyStep & { kind: 'hear' }): number | undefined {
      const found = heard.findIndex((sound, index) => index >= waitedFor && isMatch(sound.what, what));
      const sound = heard[found];
      if (!sound || (until === 'ended' && sound.endMs === Infinity)) return undefined;
      waitedFor = found + 1;
      return until === 'ended' ? sound.endMs : sound.startMs;
    },
  };
}

function isMatch(heard: string, what: string | RegExp): boolean {
  return typeof what === 'string'
    ? heard.toLowerCase().includes(what.toLowerCase())
    : heard.search(what) >= 0;
}

function wordsOf({ words, samples }: ReadyStep & { kind: 'say' }): string {
  return words ?? `something, ${(samples.length / SAMPLES_PER_MS / 1000).toFixed(1)} s`;
}
