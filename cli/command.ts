/** Where a command writes: one line, or several, without the line's end. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** A command of `vmx`: a line in its table of commands. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** For `vmx <name> --help`, and after a usage error. */
  readonly usage: string;
  /** Returns the exit code. Throws UsageError or InputError for mistakes of the user. */
  readonly run: (args: readonly string[], terminal: Terminal) => number | Promise<number>;
}

/** Arguments that make no sense: the message says why, and the usage is shown. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file that is missing or not what it should be: the message names it and says why. Exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * The arguments are valid, but AWS or a check of ours refuses: the message says why, and what to do. Exit
 * code 1.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** What stands in an archive for a command that needs the simulator. */
export function notInArchive(name: string): Command {
  const sentence =
    'the simulator is not part of the archive. It is in the repository of Voicemail Express: get that, and run npm start there';
  return {
    name,
    summary: 'not in the archive: it needs the repository',
    usage: `vmx ${name}\n\nNot here: ${sentence}.\n\nExit code: 1 always.`,
    run: () => {
      throw new RefusedError(sentence);
    },
  };
}

/**
 * `findings`: refused, or something is wrong. `bug`: a mistake of ours, as sysexits.h has it. `pipeClosed`: as shells
 * have it of a program that SIGPIPE ended. `interrupted`: as they have it for Ctrl+C.
 */
export const EXIT = { ok: 0, findings: 1, usage: 2, bug: 70, interrupted: 130, pipeClosed: 141 } as const;
