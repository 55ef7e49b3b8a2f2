import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../../service.ts';
import type { SimulatedLambda } from '../../lambda/lambda.ts';
import { pause } from './pause.ts';

/** The Lambda functions that flows of the instance can invoke. */
export interface FlowFunctions {
  /** Lets flows invoke it: AssociateLambdaFunction. */
  readonly associate: (functionArn: string) => void;
  /** Flows may not invoke it any more: DisassociateLambdaFunction. */
  readonly disassociate: (functionArn: string) => void;
  /** The ARNs of all functions that are associated. */
  readonly associated: () => readonly string[];
  /** Runs a function with `event` and waits for it, `limitMs` at most. Never rejects. */
  readonly invoke: (functionArn: string, event: unknown, limitMs: number) => Promise<FunctionAnswer>;
}

export type FunctionAnswer =
  /** JSON, as the function returned it. */
  | { readonly kind: 'answered'; readonly payload: string }
  /** Not associated, not there, throttled, too slow, or ended with an error: `reason` says which. */
  | { readonly kind: 'failed'; readonly reason: string };

const MOST_ATTEMPTS = 4;
const BETWEEN_ATTEMPTS_MS = 500;
/** The pause before the next check whether a function works, in the machine's time. */
const LOOKED_AGAIN_MS = 100;

/**
 * Invokes functions of AWS Lambda. If Lambda throttles or fails, the invocation is retried up to three times
 * while there is time. An error of the function itself is not retried.
 */
export function createFlowFunctions({
  clock,
  lambda,
  already = [],
}: {
  clock: Clock;
  /** Absent: there are no functions. */
  lambda?: Pick<SimulatedLambda, 'invoke'>;
  /** ARNs of functions that are associated from the start. */
  already?: readonly string[];
}): FlowFunctions {
  const associated = new Set<string>(already);

  async function attempt(
    invoke: SimulatedLambda['invoke'],
    functionArn: string,
    payload: string,
    signal: AbortSignal,
  ): Promise<FunctionAnswer> {
    for (let attemptsLeft = MOST_ATTEMPTS; !signal.aborted;) {
      attemptsLeft -= 1;
      try {
        const answer = await invoke(functionArn, payload);
        if (answer.functionError === undefined) return { kind: 'answered', payload: answer.payload };
        return { kind: 'failed', reason: `the function failed: ${answer.payload}` };
      } catch (error) {
        const mayPass = error instanceof AwsError && (error.status === 429 || error.status >= 500);
        if (!mayPass || attemptsLeft === 0) return { kind: 'failed', reason: String(error) };
      }
      await pause(clock, BETWEEN_ATTEMPTS_MS, signal);
    }
    return { kind: 'failed', reason: 'no answer in time' };
  }

  return {
    associate: (functionArn) => void associated.add(functionArn),
    disassociate: (functionArn) => void associated.delete(functionArn),
    associated: () => [...associated],
    async invoke(functionArn, event, limitMs) {
      const arn = functionArn.replace(/:\$LATEST$/, '');
      if (!lambda || !associated.has(arn)) {
        return { kind: 'failed', reason: `${arn} is not associated with the instance` };
      }
      const tooLate = new AbortController();
      let cancel = clock.after(limitMs, end);
      function end(): void {
        // In fast time, a function that still works is slow because of the machine. If it only waited, nothing would work.
        if (clock.isFast && clock.underWay().working > 0) cancel = clock.after(LOOKED_AGAIN_MS, end);
        else tooLate.abort();
      }
      const limit = new Promise<FunctionAnswer>((resolve) => {
        const reason = `no answer within ${limitMs} ms`;
        tooLate.signal.addEventListener('abort', () => resolve({ kind: 'failed', reason }), { once: true });
      });
      const answer = await Promise.race([
        attempt(lambda.invoke, arn, JSON.stringify(event), tooLate.signal),
        limit,
      ]);
      cancel();
      return answer;
    },
  };
}
