import type { Terminal } from '../command.ts';
import type { Look } from '../doctor/look.ts';
import type { Progress } from '../doctor/progress.ts';
import type { Prompter } from '../prompter.ts';

/** What `vmx uninstall` works with. */
export interface UninstallWork {
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly settingsFile: string;
  readonly look: Look;
  /** A look that has seen nothing yet: what it sees is as it is now. */
  readonly lookAgain: () => Look;
  /** Stopped when the account was looked at. */
  readonly progress: Pick<Progress, 'stop'>;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}
