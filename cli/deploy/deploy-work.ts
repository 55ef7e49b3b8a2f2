import type { VoicemailConfig } from '../../infra/config.ts';
import type { ChangeSet } from '../aws/change-set.ts';
import type { StackEvents } from '../aws/stack-events.ts';
import type { Terminal } from '../command.ts';
import type { Check } from '../doctor/check.ts';
import type { Look } from '../doctor/look.ts';
import type { Interruption } from '../interruption.ts';
import type { Legacy } from '../kept/legacies.ts';
import type { Prompter } from '../prompter.ts';
import type { IndexPlan } from './indexes/index-plan.ts';
import type { StackToolkit } from './stack-toolkit.ts';

/** What `vmx deploy` works with. */
export interface DeployWork {
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly interruption: Interruption;
  readonly settingsFile: string;
  readonly config: VoicemailConfig;
  /** Whether the file of the settings is another one than when it was read. */
  readonly hasSettingsChanged: () => boolean;
  readonly look: Look;
  /** A look that has seen nothing yet: what it sees is as it is now. */
  readonly lookAgain: () => Look;
  readonly checks: readonly Check[];
  /** Builds and synthesizes what the settings say. Returns the folder of the assembly. */
  readonly synthesize: () => Promise<string>;
  readonly toolkit: (options: {
    readonly assemblyFolder: string;
    readonly isThere: boolean;
  }) => Promise<StackToolkit>;
  /** Makes the stack of what an earlier one left behind. */
  readonly adopt: (legacy: Legacy, assemblyFolder: string) => Promise<void>;
  /** A change set of that name, which the toolkit makes. `wasProtected`: the stack, before. */
  readonly changeSet: (
    name: string,
    options: { readonly deployRoleArn: string | undefined; readonly wasProtected: boolean },
  ) => Promise<ChangeSet>;
  /** What a deployment does with indexes of tables that are there. Undefined: nothing. */
  readonly indexes: (assemblyFolder: string) => Promise<IndexPlan | undefined>;
  /** The deployed template, with every character. Undefined: it is not found as it was deployed. */
  readonly formerTemplate: (look: Look) => Promise<string | undefined>;
  /** An empty folder, for an assembly. */
  readonly stageFolder: (name: string) => string;
  /** What happens to a stack that is there. */
  readonly events: (stackArn: string) => StackEvents;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}
