import { availableParallelism } from 'node:os';
import { inBackground } from '../../in-background.ts';
import { AwsError } from '../../service.ts';
import type { Environment } from './environment.ts';

/**
 * So many environments of one function work at a time. More would share the same cores, and to start one takes
 * a few hundred milliseconds of CPU and 30 MiB.
 */
export const MOST_AT_WORK = Math.max(4, 2 * availableParallelism());

/** An environment that is reserved for one invocation. */
interface Loan {
  readonly environment: Environment;
  /** Whether it was started for this invocation. */
  readonly isCold: boolean;
  /** Call it with true when the invocation only waits for simulated time, and with false when it works again. */
  readonly rests: (isResting: boolean) => void;
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
 * turn. An idle worker of another function is ended to make room. Invocations also wait while
 * as many of the same function work as this machine can run at once.
 */
export function createEnvironmentPool(limit: number): EnvironmentPool {
  /** Those that have been idle for longest come first. */
  const idle: IdleEnvironment[] = [];
  const line = waitingLine();
  const live = new Set<Environment>();
  const endings = openEndings();
  const atWork = countWork();
  let closed = false;

  function end(environment: Environment): void {
    live.delete(environment);
    endings.begin(environment);
  }

  function warm(request: BorrowRequest): Environment | undefined {
    const index = idle.findLastIndex(({ functionId }) => functionId === request.functionId);
    const [found] = index < 0 ? [] : idle.splice(index, 1);
    if (!found) return undefined;
    if (found.edition === request.edition && found.environment.isUsable()) return found.environment;
    end(found.environment);
    return warm(request);
  }

  function makeRoom(): boolean {
    const unused = live.size < limit ? undefined : idle.shift();
    if (unused) end(unused.environment);
    return live.size < limit;
  }

  function loan({ functionId, edition }: BorrowRequest, environment: Environment, isCold: boolean): Loan {
    live.add(environment);
    const work = atWork.begin(functionId);
    return {
      environment,
      isCold,
      rests(isResting) {
        work.rests(isResting);
        line.lookAgain();
      },
      giveBack() {
        work.end();
        if (closed) return;
        if (environment.isUsable() && live.size <= limit) idle.push({ functionId, edition, environment });
        else end(environment);
        line.lookAgain();
      },
    };
  }

  async function borrow(request: BorrowRequest): Promise<Loan> {
    if (closed) throw closedError();
    const ready = warm(request);
    if (ready) return loan(request, ready, false);
    const isFree = atWork.of(request.functionId) < MOST_AT_WORK && makeRoom();
    if (isFree || request.isNested) return loan(request, request.start(), true);
    await line.wait();
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
      line.lookAgain();
      await Promise.all([...endings.all(), ...[...live].map((environment) => environment.end())]);
      live.clear();
    },
  };
}

/** Workers that are ending. */
function openEndings() {
  const ending = new Set<Promise<void>>();
  return {
    all: () => [...ending],
    begin(environment: Environment) {
      const ended = environment.end().finally(() => ending.delete(ended));
      ending.add(ended);
      inBackground(ended);
    },
  };
}

/** Those that wait for an environment. */
function waitingLine() {
  const waiting: (() => void)[] = [];
  return {
    wait(): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      return promise;
    },
    /** All look whether there is one for them now, in their order. */
    lookAgain() {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

/** How many invocations of each function work, and do not only wait. */
function countWork() {
  const counts = new Map<string, number>();
  const of = (functionId: string) => counts.get(functionId) ?? 0;
  return {
    of,
    begin(functionId: string) {
      let isCounted = false;
      let isOver = false;
      const count = (works: boolean) => {
        if (works === isCounted || isOver) return;
        isCounted = works;
        counts.set(functionId, of(functionId) + (works ? 1 : -1));
      };
      count(true);
      return {
        rests: (isResting: boolean) => count(!isResting),
        end() {
          count(false);
          isOver = true;
        },
      };
    },
  };
}

function closedError(): AwsError {
  return new AwsError('ServiceException', 500, 'the simulator is closed');
}

async function heapBytesOf(environments: readonly IdleEnvironment[]): Promise<ReadonlyMap<string, number>> {
  const most = new Map<string, number>();
  const bytes = await Promise.all(environments.map(({ environment }) => environment.heapBytes()));
  for (const [index, { functionId }] of environments.entries())
    most.set(functionId, Math.max(most.get(functionId) ?? 0, bytes[index] ?? 0));
  return most;
}
