import type { Terminal } from '../command.ts';

/** What the subcommands work with. */
export interface TemplatesWork {
  readonly terminal: Terminal;
  /** Lets so many milliseconds pass: SES answers one call a second. */
  readonly wait: (ms: number) => Promise<void>;
}
