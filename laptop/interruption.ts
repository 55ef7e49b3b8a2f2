/** The exit code of a command that a person ended with Ctrl+C before it was done. */
export const INTERRUPTED = 130;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `use` with a promise that resolves on Ctrl+C, or a signal to end. Signals do not end the process
 * meanwhile: `use` has to end then.
 */
export async function untilInterrupted<Result>(
  use: (interrupted: Promise<'interrupted'>) => Promise<Result>,
): Promise<Result> {
  const { promise: interrupted, resolve } = Promise.withResolvers<'interrupted'>();
  const interrupt = () => resolve('interrupted');
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await use(interrupted);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
