import { createInterface } from 'node:readline/promises';
import { InputError } from './command.ts';

/** Asks the person at the terminal. */
export interface Prompter {
  /** What was typed, without blanks around it. Empty: the person pressed Enter. */
  readonly read: (question: string) => Promise<string>;
  readonly say: (text: string) => void;
}

/** Something to choose from. */
export interface Choice<Value> {
  readonly label: string;
  readonly value: Value;
}

/** One of several, by its number. `suggested` is its place in the list, which Enter takes. */
export async function choose<Value>(
  { read, say }: Prompter,
  question: string,
  choices: readonly Choice<Value>[],
  suggested = 0,
): Promise<Value> {
  say(question);
  for (const [index, { label }] of choices.entries()) say(`  ${index + 1}  ${label}`);
  for (;;) {
    const typed = await read(`Number [${suggested + 1}]: `);
    const chosen = choices[typed === '' ? suggested : Number(typed) - 1];
    if (chosen) return chosen.value;
    say(`"${typed}" is no number from 1 to ${choices.length}`);
  }
}

/** A text. `problemOf` says what is wrong with it; then it is asked for again. */
export async function askText(
  { read, say }: Prompter,
  question: string,
  { suggested, problemOf = () => undefined }: TextQuestion = {},
): Promise<string> {
  for (;;) {
    const typed = await read(
      suggested === undefined ? `${question}: ` : `${question} [${suggested || 'none'}]: `,
    );
    const text = typed === '' ? (suggested ?? '') : typed;
    const problem = problemOf(text);
    if (problem === undefined) return text;
    say(problem);
  }
}

export interface TextQuestion {
  /** What Enter means. */
  readonly suggested?: string;
  readonly problemOf?: (text: string) => string | undefined;
}

/** Whether the person agrees; Enter means no. */
export async function agrees({ read }: Prompter, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await read(`${question} (y/N) `));
}

/**
 * At the terminal of this process. `close` it, or the process stays. Ctrl+C ends the process, as it does where
 * nothing is asked; after Ctrl+D, `read` throws InputError.
 */
export function terminalPrompter(): Prompter & { readonly close: () => void } {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // A terminal in raw mode sends no signal.
  lines.on('SIGINT', () => {
    process.stdout.write('\n');
    process.kill(process.pid, 'SIGINT');
  });
  return {
    read: async (question) => {
      try {
        return (await lines.question(question)).trim();
      } catch (error) {
        throw new InputError('the questions were broken off', { cause: error });
      }
    },
    say: (text) => void process.stdout.write(`${text}\n`),
    close: () => lines.close(),
  };
}
