import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import type { ReadyStep } from './caller-script.ts';
import type { CallerLine } from './caller-line.ts';

/** From one key to the next, or to whatever the caller does next. */
const KEY_MS = 250;

interface CallerParts {
  /** The call's: the caller does nothing more once it is aborted. */
  readonly life: AbortSignal;
  readonly line: CallerLine;
  readonly hangUp: () => void;
  /** `says …`, `presses 1` */
  readonly tell: (what: string, atMs: number) => void;
}

/**
 * Has a caller act by a script, from now on. One who has no steps left hangs up.
 *
 * Each step begins at the very moment at which the one before it is over, and no
 * promise comes between: what is said after a tone is said from its last
 * millisecond on, however busy the machine is.
 */
export function startCaller(steps: readonly ReadyStep[], { life, line, hangUp, tell }: CallerParts): void {
  const { time, heard } = line;
  let waitedFor = 0;
  let cancel: (() => void) | undefined;
  life.addEventListener('abort', () => {
    line.onChange(undefined);
    cancel?.();
  });
  take(0, time.now());

  function take(index: number, atMs: number): void {
    if (life.aborted) return;
    const step = steps[index] ?? { kind: 'hang-up' };
    const goOn = (nextMs: number) => take(index + 1, nextMs);
    switch (step.kind) {
      case 'say':
        tell(`says ${wordsOf(step)}`, atMs);
        line.say(step.samples, atMs);
        return goOnAt(atMs + Math.ceil(step.samples.length / SAMPLES_PER_MS), goOn);
      case 'press':
        if (step.when !== 'asked') return press(step.keys, atMs, goOn);
        return whenItIs(
          () => (line.takesKeys() ? time.now() : undefined),
          (askedAtMs) => press(step.keys, Math.max(atMs, askedAtMs), goOn),
        );
      case 'wait':
        return goOnAt(atMs + step.ms, goOn);
      case 'hear':
        return listen(step, atMs, goOn);
      case 'hang-up':
        return hangUp();
      case 'stay':
        return;
    }
  }

  function goOnAt(timeMs: number, goOn: (atMs: number) => void): void {
    cancel = time.at(timeMs, () => goOn(timeMs));
  }

  function press(keys: string, atMs: number, goOn: (atMs: number) => void): void {
    if (keys === '') return goOn(atMs);
    const key = keys.charAt(0);
    tell(`presses ${key}`, atMs);
    goOnAt(atMs + KEY_MS, (nextMs) => press(keys.slice(1), nextMs, goOn));
    line.press(key);
  }

  function listen(step: ReadyStep & { kind: 'hear' }, sinceMs: number, goOn: (atMs: number) => void): void {
    const { what, until = 'ended', withinMs, otherwise = 'hang-up' } = step;
    const heardAtMs = () => {
      const found = heard.findIndex((sound, index) => index >= waitedFor && isMatch(sound.what, what));
      const sound = heard[found];
      if (!sound || (until === 'ended' && sound.endMs === Infinity)) return undefined;
      waitedFor = found + 1;
      return until === 'ended' ? sound.endMs : sound.startMs;
    };
    cancel = undefined;
    if (withinMs !== undefined) {
      goOnAt(sinceMs + withinMs, (atMs) => {
        line.onChange(undefined);
        if (otherwise === 'go-on') goOn(atMs);
        else hangUp();
      });
    }
    whenItIs(heardAtMs, (atMs) => {
      cancel?.();
      goOn(Math.max(sinceMs, atMs));
    });
  }

  /** Asks at once, and whenever something changes, since when it is so. */
  function whenItIs(sinceWhenMs: () => number | undefined, goOn: (atMs: number) => void): void {
    const look = () => {
      const sinceMs = sinceWhenMs();
      if (sinceMs === undefined) return;
      line.onChange(undefined);
      goOn(sinceMs);
    };
    line.onChange(look);
    look();
  }
}

function isMatch(heard: string, what: string | RegExp): boolean {
  return typeof what === 'string'
    ? heard.toLowerCase().includes(what.toLowerCase())
    : heard.search(what) >= 0;
}

function wordsOf({ words, samples }: ReadyStep & { kind: 'say' }): string {
  return words ?? `something, ${(samples.length / SAMPLES_PER_MS / 1000).toFixed(1)} s`;
}
