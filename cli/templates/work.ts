import type { Terminal } from '../command.ts';

/** What the subcommands work with. */
export interface TemplatesWork {
  readonly terminal: Terminal;
  /** Waits so many milliseconds: SES answers one call a second. */
  readonly wait: (ms: number) => Promise<void>;
}
