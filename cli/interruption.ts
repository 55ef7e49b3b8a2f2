/** Ctrl+C, as often as a person presses it. */
export interface Interruption {
  /** Aborted by the first one. */
  readonly first: AbortSignal;
  /** Aborted by the second one. */
  readonly second: AbortSignal;
}

/** A person has pressed Ctrl+C: the message says what is left, and how to go on. Exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** Takes Ctrl+C away from Node, which would end this process at once. `stop` gives it back. */
export function watchInterruption(): Interruption & { readonly stop: () => void } {
  const first = new AbortController();
  const second = new AbortController();
  const onSignal = () => (first.signal.aborted ? second : first).abort();
  process.on('SIGINT', onSignal);
  return { first: first.signal, second: second.signal, stop: () => void process.off('SIGINT', onSignal) };
}

/** Says something at the first Ctrl+C, while it is worked. */
export async function sayingAtFirst<Result>(
  { first }: Interruption,
  say: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  first.addEventListener('abort', say);
  try {
    return await work();
  } finally {
    first.removeEventListener('abort', say);
  }
}

/**
 * What is worked at; rejects with InterruptedError as soon as the signal is aborted. The work itself is not stopped.
 */
export async function unlessAborted<Result>(
  signal: AbortSignal,
  message: string | (() => string),
  work: Promise<Result>,
): Promise<Result> {
  const interrupted = Promise.withResolvers<never>();
  const inWords = () => (typeof message === 'string' ? message : message());
  const onAbort = () => interrupted.reject(new InterruptedError(inWords()));
  signal.addEventListener('abort', onAbort);
  try {
    refuseAborted(signal, inWords());
    return await Promise.race([work, interrupted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Throws InterruptedError if the signal is aborted. */
export function refuseAborted(signal: AbortSignal, message: string): void {
  if (signal.aborted) throw new InterruptedError(message);
}
