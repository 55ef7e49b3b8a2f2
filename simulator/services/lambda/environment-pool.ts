import { inBackground } from '../../in-background.ts';
import { AwsError } from '../../service.ts';
import type { Environment } from './environment.ts';

/** An environment lent out for one invocation. */
interface Loan {
  readonly environment: Environment;
  /** Whether it was started for this invocation. */
  readonly isCold: boolean;
  /** Call it once, when the invocation is over. */
  readonly giveBack: () => void;
}

export interface EnvironmentPool {
  /** Throws AwsError ServiceException where the pool is closed while this waits. */
  readonly borrow: (request: BorrowRequest) => Promise<Loan>;
  /** Ends those of a function that nobody uses: its next invocation starts cold. */
  readonly endIdle: (functionId: string) => void;
  /** What the idle ones of all functions hold in their heaps: the most of one environment by function. */
  readonly heapBytes: () => Promise<ReadonlyMap<string, number>>;
  /** Ends every worker, and waits for those that were on their way out already. */
  readonly close: () => Promise<void>;
}

interface BorrowRequest {
  readonly functionId: string;
  readonly start: () => Environment;
  /**
   * Goes over the limit sooner than wait. For a function called by a function:
   * the caller holds an environment until this one answers, and were all of them
   * held so, none would ever come free.
   */
  readonly isNested: boolean;
}

/**
 * Execution environments, warm ones first.
 *
 * At most `limit` workers live at a time, of all functions together: memory is the
 * machine's, where Lambda has a fleet. When all are taken, invocations wait their
 * turn; an idle worker of another function makes room.
 */
export function createEnvironmentPool(limit: number): EnvironmentPool {
  /** Idle ones by function, the longest unused first. */
  const idle: { functionId: string; environment: Environment }[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  const live = new Set<Environment>();
  const ending = new Set<Promise<void>>();
  let closed = false;

  function end(environment: Environment): void {
    live.delete(environment);
    const ended = environment.end().finally(() => ending.delete(ended));
    ending.add(ended);
    inBackground(ended);
  }

  function warm(functionId: string): Environment | undefined {
    const index = idle.findLastIndex((one) => one.functionId === functionId);
    const environment = index < 0 ? undefined : idle.splice(index, 1)[0]?.environment;
    if (!environment || environment.isUsable()) return environment;
    end(environment);
    return warm(functionId);
  }

  function makeRoom(): boolean {
    const unused = live.size < limit ? undefined : idle.shift();
    if (unused) end(unused.environment);
    return live.size < limit;
  }

  function loan(functionId: string, environment: Environment, isCold: boolean): Loan {
    live.add(environment);
    return {
      environment,
      isCold,
      giveBack() {
        if (closed) return;
        if (environment.isUsable() && live.size <= limit) idle.push({ functionId, environment });
        else end(environment);
        waiting.shift()?.resolve();
      },
    };
  }

  async function borrow(request: BorrowRequest): Promise<Loan> {
    const ready = warm(request.functionId);
    if (ready) return loan(request.functionId, ready, false);
    if (makeRoom() || request.isNested) return loan(request.functionId, request.start(), true);
    const turn = Promise.withResolvers<void>();
    waiting.push(turn);
    await turn.promise;
    return borrow(request);
  }

  return {
    borrow,
    endIdle(functionId) {
      for (const one of idle.filter((each) => each.functionId === functionId)) {
        idle.splice(idle.indexOf(one), 1);
        end(one.environment);
      }
    },
    async heapBytes() {
      const most = new Map<string, number>();
      const usable = idle.filter(({ environment }) => environment.isUsable());
      const bytes = await Promise.all(usable.map(({ environment }) => environment.heapBytes()));
      for (const [index, { functionId }] of usable.entries())
        most.set(functionId, Math.max(most.get(functionId) ?? 0, bytes[index] ?? 0));
      return most;
    },
    async close() {
      closed = true;
      const error = new AwsError('ServiceException', 500, 'the simulator is closed');
      for (const { reject } of waiting.splice(0)) reject(error);
      await Promise.all([...ending, ...[...live].map((environment) => environment.end())]);
      live.clear();
    },
  };
}
