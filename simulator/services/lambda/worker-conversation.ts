import type { Worker } from 'node:worker_threads';
import type { WorkerState } from './shifted-timers.ts';
import type { Call, FunctionError, Outcome, Question, WakeUp, WorkerMessage } from './worker-messages.ts';

/** The simulator's side of the messages to and from one worker. */
export interface WorkerConversation {
  /** Whether the bundle has been loaded: undefined if so, otherwise the error. It never rejects. */
  readonly loaded: Promise<FunctionError | undefined>;
  /**
   * Sends a call; one at a time. `onIdle` is called with the time until which the worker only waits, and
   * with undefined when it works again.
   */
  readonly call: (call: Call, onIdle?: (untilMs: number | undefined) => void) => Promise<Outcome>;
  /** Ignores all that the worker still sends about the last call. */
  readonly closeCall: () => void;
  /** The pending work of the worker; undefined if it ended. */
  readonly ask: () => Promise<WorkerState | undefined>;
  /** Tells the worker that the time it waits for has come. */
  readonly wake: () => void;
  /** The worker answers no more questions: open ones get undefined. */
  readonly closeQuestions: () => void;
  /** The worker failed: loading and the last call end with that error, if they have not ended. */
  readonly fail: (error: FunctionError) => void;
}

export function conversationWith(worker: Worker, onOutput: (text: string) => void): WorkerConversation {
  const loading = Promise.withResolvers<FunctionError | undefined>();
  const questions: ((state: WorkerState | undefined) => void)[] = [];
  let settle: ((outcome: Outcome) => void) | undefined;
  let reportIdle: ((untilMs: number | undefined) => void) | undefined;

  function send(message: Call | WakeUp | Question): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is not a window
    worker.postMessage(message);
  }

  function closeQuestions(): void {
    for (const answer of questions.splice(0)) answer(undefined);
  }

  /** Promises are settled once: a later error changes nothing. */
  function fail(error: FunctionError): void {
    loading.resolve(error);
    closeQuestions();
    settle?.({ kind: 'failed', error });
  }

  worker.on('message', (message: WorkerMessage) => {
    switch (message.kind) {
      case 'output':
        return onOutput(message.text);
      case 'state':
        return questions.shift()?.(message);
      case 'idle':
        return reportIdle?.(message.untilMs);
      case 'busy':
        return reportIdle?.(undefined);
      case 'ready':
        return loading.resolve(undefined);
      case 'init-failed':
        return loading.resolve(message.error);
      case 'answer':
      case 'failed':
        return settle?.(message);
    }
  });

  return {
    loaded: loading.promise,
    call(call, onIdle) {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      settle = resolve;
      reportIdle = onIdle;
      send(call);
      return promise;
    },
    closeCall() {
      settle = undefined;
      reportIdle = undefined;
    },
    ask() {
      const { promise, resolve } = Promise.withResolvers<WorkerState | undefined>();
      questions.push(resolve);
      send({ kind: 'ask' });
      return promise;
    },
    wake: () => send({ kind: 'wake' }),
    closeQuestions,
    fail,
  };
}
