import type { Leftovers, TestOutcome, TestStep } from '../domain/test-voicemail.ts';
import type { Log } from '../log.ts';

export interface CanaryDeps {
  /** Removes what earlier runs have left. */
  readonly removeLeftovers: () => Promise<Leftovers>;
  readonly send: (onStep: (step: TestStep) => void) => Promise<TestOutcome>;
  readonly log: Log;
}

/**
 * Invoked by a schedule: sends a test voicemail through the stack. Throws an Error if it does not come through as it went
 * in, so that the alarm of the function goes off. What could not be removed is an error too: an agent may see it.
 *
 * EventBridge may deliver an event twice. The second one leaves the test to the first; if both begin at the same moment,
 * each sends its own and removes no other.
 */
export function canaryHandler({ removeLeftovers, send, log }: CanaryDeps) {
  return async (): Promise<void> => {
    const { removed, young, left: leftBefore } = await removeLeftovers();
    const notRemoved = leftBefore.map(inWords);
    if (removed > 0) log.info('removed what an earlier canary has left', { removed });
    if (young > 0) {
      log.info('another canary is under way, or has ended a few minutes ago and left something', { young });
      if (notRemoved.length > 0) throw notThrough(notRemoved);
      return;
    }
    const outcome = await send(({ afterMs, what }) => log.info('canary', { afterMs, what }));
    const left = [...notRemoved, ...outcome.left.map(inWords)];
    const faults = [...faultsOf(outcome), ...left];
    if (faults.length === 0) return log.info('the canary came through', {});
    throw notThrough(faults);
  };
}

const inWords = (left: string) => `not removed: ${left}`;

function notThrough(faults: readonly string[]): Error {
  return new Error(`the canary did not come through: ${faults.join('; ')}`);
}

function faultsOf(outcome: TestOutcome): readonly string[] {
  switch (outcome.kind) {
    case 'delivered':
      return [...outcome.wrong, ...outcome.unseen];
    case 'lost':
    case 'not tried':
      return [outcome.why];
    case 'broken off':
      return ['it was broken off'];
  }
}
