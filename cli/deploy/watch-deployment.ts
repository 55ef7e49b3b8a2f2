import { mayPass } from '../aws/passing.ts';
import type { StackEvent, StackEvents } from '../aws/stack-events.ts';
import { RefusedError, type Terminal } from '../command.ts';
import { type Interruption, sayingAtFirst, unlessAborted } from '../interruption.ts';
import { progressLine } from './deployment-progress.ts';

/** How often CloudFormation is asked. CDK's toolkit asks as often. */
const BETWEEN_LOOKS_MS = 2_000;
/** The longest that nobody answers before the watching ends. */
const LONGEST_SILENCE_MS = 1_800_000;

export interface Watch {
  readonly terminal: Terminal;
  readonly interruption: Interruption;
  /** How many resources are worked at. Undefined: nobody knows. */
  readonly total: number | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

/** How an operation on a stack ended. */
export interface Ending {
  /** `UPDATE_COMPLETE`, `ROLLBACK_COMPLETE` … */
  readonly status: string;
  /** What went wrong with resources, the first one first. */
  readonly failed: readonly StackEvent[];
  /** Why the stack is in that status, where CloudFormation says so. */
  readonly reason: string | undefined;
}

/**
 * Says what CloudFormation is done with, until it is at an end, a rollback too. Goes on where AWS cannot be reached for
 * a while. Throws RefusedError, in words, if it cannot be watched any more, and InterruptedError at the second Ctrl+C.
 */
export function watchDeployment(events: Pick<StackEvents, 'news'>, watch: Watch): Promise<Ending> {
  const say = () => watch.terminal.err(`\n${WATCH_AGAIN}. Ctrl+C again ends the watching.`);
  return sayingAtFirst(watch.interruption, say, () => watchToTheEnd(events, watch));
}

async function watchToTheEnd(events: Pick<StackEvents, 'news'>, watch: Watch): Promise<Ending> {
  const { terminal, interruption, wait, clock, total } = watch;
  const startedAtMs = clock();
  const ask = patientNews(events, watch);
  const done = new Set<string>();
  const failed: StackEvent[] = [];
  const goOn = <Result>(work: Promise<Result>) => unlessAborted(interruption.second, WATCH_AGAIN, work);
  let ending: Pick<StackEvent, 'status' | 'reason'> = { status: '_IN_PROGRESS', reason: undefined };
  for (;;) {
    for (const event of await goOn(ask())) {
      if (event.isOfStack) ending = event;
      else if (event.status.endsWith('_FAILED')) failed.push(event);
      else if (/_(COMPLETE|SKIPPED)$/.test(event.status)) done.add(event.logicalId);
      const line = progressLine({ ...event, done: done.size, total }, clock() - startedAtMs);
      if (line !== undefined) terminal.out(line);
    }
    if (!ending.status.endsWith('_IN_PROGRESS')) return { ...ending, failed };
    await goOn(wait(BETWEEN_LOOKS_MS));
  }
}

/** What is said where nobody watches any more. */
const WATCH_AGAIN = 'CloudFormation goes on by itself: npx vmx deploy, run again, watches it to its end';

/** The news; nothing while AWS cannot be reached, which is said once. */
function patientNews(
  { news }: Pick<StackEvents, 'news'>,
  { terminal, clock }: Watch,
): () => Promise<readonly StackEvent[]> {
  let silentSinceMs: number | undefined;
  return async () => {
    try {
      const events = await news();
      if (silentSinceMs !== undefined) terminal.err('AWS answers again.');
      silentSinceMs = undefined;
      return events;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const isFirst = silentSinceMs === undefined;
      silentSinceMs ??= clock();
      if (!mayPass(error) || clock() - silentSinceMs > LONGEST_SILENCE_MS) {
        throw new RefusedError(`it cannot be watched any more: ${error.message}\n${WATCH_AGAIN}`, {
          cause: error,
        });
      }
      if (isFirst) terminal.err(`No news for now, still looking: ${error.message}. CloudFormation goes on.`);
      return [];
    }
  };
}
