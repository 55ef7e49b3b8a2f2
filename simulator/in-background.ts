/**
 * Lets work go on that nobody waits for. What goes wrong in it is a mistake of the
 * simulator's: it is told, and does not end the process.
 */
export function inBackground(work: Promise<unknown>, onBug: (error: unknown) => void = console.error): void {
  work.catch(onBug);
}
