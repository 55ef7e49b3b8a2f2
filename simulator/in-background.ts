/**
 * Runs work that nobody waits for. An error in it is a bug of the simulator: it is reported, and does not
 * end the process.
 */
export function inBackground(work: Promise<unknown>, onBug: (error: unknown) => void = console.error): void {
  work.catch(onBug);
}
