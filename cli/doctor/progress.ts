import type { Terminal } from '../command.ts';

/** Keeps a person who waits informed, on standard error. */
export interface Progress {
  /** What is under way: `agents: 400 of 2,000`. */
  readonly note: (sentence: string) => void;
  readonly stop: () => void;
}

const EVERY_MS = 5_000;

/** Says every five seconds that it goes on, and how far it is. A quick look says nothing. */
export function tellProgress({ err }: Pick<Terminal, 'err'>): Progress {
  let latest = 'asking AWS';
  const timer = setInterval(() => err(`Still looking: ${latest} …`), EVERY_MS);
  return { note: (sentence) => void (latest = sentence), stop: () => clearInterval(timer) };
}
