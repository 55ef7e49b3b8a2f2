import type { Clock } from '../clock.ts';
import { type ApiAnswer, AwsError } from '../service.ts';

/**
 * The door for faults: asked once a call is known to be allowed. Its error is the
 * answer, in place of the operation, or `after` it: then what was asked for has
 * happened, and only its answer is lost.
 */
export type Interfere = (call: {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  /** Absent: no function called. */
  readonly invocation?: CallingInvocation;
}) => AwsError | Fault | undefined;

/** A function's invocation, as far as the calls that it makes are concerned. */
export interface CallingInvocation {
  /** Whether its event has this text in it. */
  readonly isAbout: (text: string) => boolean;
  /** Ends the worker, as a crash of it does; resolves when nothing of it runs any more. */
  readonly kill: () => Promise<void>;
  /** It waits, and fast time need not stand still for it, until the answer is called. */
  readonly pause: () => () => void;
}

export type Fault =
  | {
      /** The effect: not had, had after the end of a caller that is killed, or had. */
      readonly when: 'before' | 'during' | 'after';
      readonly error: AwsError | 'connection cut' | 'caller killed';
    }
  /** All goes well and takes its time, on the simulator's clock. */
  | { readonly delayMs: number };

/** Thrown where there is to be no answer at all; the connection ends. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The operation's answer, or what the fault makes of it. Throws AwsError or NoAnswer. */
export async function answerWith(
  fault: Fault | undefined,
  perform: () => ApiAnswer | Promise<ApiAnswer>,
  { clock, invocation }: { clock: Clock; invocation: CallingInvocation | undefined },
): Promise<ApiAnswer> {
  if (!fault) return perform();
  if ('delayMs' in fault) {
    const goOn = invocation?.pause();
    await clock.sleep(fault.delayMs);
    goOn?.();
    return perform();
  }
  const { when, error } = fault;
  if (when === 'during' && error === 'caller killed') await invocation?.kill();
  if (when !== 'before') await perform();
  if (error instanceof AwsError) throw error;
  if (error === 'caller killed') await invocation?.kill();
  throw new NoAnswer(error);
}
