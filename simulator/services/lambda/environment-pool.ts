import { inBackground } from '../../in-background.ts';
import { AwsError } from '../../service.ts';
import type { Environment } from './environment.ts';

/** An environment that is reserved for one invocation. */
interface Loan {
  readonly environment: Environment;
  /** Whether it was started for this invocation. */
  readonly isCold: boolean;
  /** Call it once, after the invocation. */
  readonly giveBack: () => void;
}

export interface EnvironmentPool {
  /** Throws AwsError ServiceException if the pool is closed while this waits. */
  readonly borrow: (request: BorrowRequest) => Promise<Loan>;
  /** Ends the idle environments of a function: its next invocation starts cold. */
  readonly endIdle: (functionId: string) => void;
  /** By function: the most bytes that one of its idle environments holds in its heap. */
  readonly heapBytes: () => Promise<ReadonlyMap<string, number>>;
  /** Ends every worker, and waits for those that are ending already. */
  readonly close: () => Promise<void>;
}

interface BorrowRequest {
  readonly functionId: string;
  /** What environments of it share: one of another edition is not taken. */
  readonly edition: unknown;
  readonly start: () => Environment;
  /**
   * Exceeds the limit instead of waiting. For a function called by a function:
   * the caller holds an environment until this one answers. If callers held all of them,
   * none would ever become free.
   */
  readonly isNested: boolean;
}

interface IdleEnvironment {
  readonly functionId: string;
  readonly edition: unknown;
  readonly environment: Environment;
}

/**
 * Execution environments, warm ones first.
 *
 * At most `limit` workers live at a time, of all functions together: they share the memory of
 * one machine, where Lambda has a fleet. When all are taken, invocations wait their
 * turn. An idle worker of another function is ended to make room.
 */
export function createEnvironmentPool(limit: number): EnvironmentPool {
  /** Those that have been idle for longest come first. */
  const idle: IdleEnvironment[] = [];
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

  function warm({
    functionId,
    edition,
  }: Pick<BorrowRequest, 'functionId' | 'edition'>): Environment | undefined {
    const index = idle.findLastIndex((one) => one.functionId === functionId);
    const [found] = index < 0 ? [] : idle.splice(index, 1);
    if (!found) return undefined;
    if (found.edition === edition && found.environment.isUsable()) return found.environment;
    end(found.environment);
    return warm({ functionId, edition });
  }

  function makeRoom(): boolean {
    const unused = live.size < limit ? undefined : idle.shift();
    if (unused) end(unused.environment);
    return live.size < limit;
  }

  function loan({ functionId, edition }: BorrowRequest, environment: Environment, isCold: boolean): Loan {
    live.add(environment);
    return {
      environment,
      isCold,
      giveBack() {
        if (closed) return;
        if (environment.isUsable() && live.size <= limit) idle.push({ functionId, edition, environment });
        else end(environment);
        waiting.shift()?.resolve();
      },
    };
  }

  async function borrow(request: BorrowRequest): Promise<Loan> {
    const ready = warm(request);
    if (ready) return loan(request, ready, false);
    if (makeRoom() || request.isNested) return loan(request, request.start(), true);
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
    heapBytes: () => heapBytesOf(idle.filter(({ environment }) => environment.isUsable())),
    async close() {
      closed = true;
      const error = new AwsError('ServiceException', 500, 'the simulator is closed');
      for (const { reject } of waiting.splice(0)) reject(error);
      await Promise.all([...ending, ...[...live].map((environment) => environment.end())]);
      live.clear();
    },
  };
}

async function heapBytesOf(environments: readonly IdleEnvironment[]): Promise<ReadonlyMap<string, number>> {
  const most = new Map<string, number>();
  const bytes = await Promise.all(environments.map(({ environment }) => environment.heapBytes()));
  for (const [index, { functionId }] of environments.entries())
    most.set(functionId, Math.max(most.get(functionId) ?? 0, bytes[index] ?? 0));
  return most;
}
