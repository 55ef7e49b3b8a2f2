import type { FaultPlan } from './faults/fault-plan.ts';
import type { CallSurroundings } from './gateway/answer-call.ts';
import type { Interfere } from './gateway/fault.ts';
import type { Recognizer } from './recognizer/recognizer.ts';
import type { World } from './services/connect/world.ts';
import type { SendingRules } from './services/ses/sending-rules.ts';
import type { AccountState } from './world/account-state.ts';

/** A stack to deploy. */
export interface StackOptions {
  /** The cloud assembly that `npm run synth` writes. */
  readonly assemblyFolder: string;
  /** Absent: the only one in that folder. */
  readonly stackName?: string;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Changes the template before it is deployed, for example to remove a permission from a role. */
  readonly templatePatch?: (template: unknown) => unknown;
}

/** An account of AWS, and how it behaves. */
export interface AccountOptions {
  /** The Amazon Connect instance. Account, Region and partition are those of its ARN. */
  readonly world: World;
  /** What else is in the account before a stack comes. Absent: nothing. */
  readonly state?: AccountState;
  /** Where objects are kept. Absent: a temporary folder, removed at the end. */
  readonly folder?: string;
  /** The gateway's. Absent or 0: any free one. */
  readonly port?: number;
  /** `fast`: waiting takes no time. Absent: `real`. */
  readonly time?: 'real' | 'fast';
  /** The times that AWS takes. Absent: 0, unless it says otherwise. */
  readonly delays?: SimulatorDelays;
  /**
   * Absent: the real one, which begins to load at the start. A recognizer that is passed in is not closed.
   */
  readonly recognizer?: Recognizer;
  /** Whether Amazon Connect's quotas hold: calls a second of each operation, and open tasks. */
  readonly connectThrottle?: boolean;
  /** Whether an action of a flow that is not simulated ends the call. Absent: it takes its error branch. */
  readonly strictFlows?: boolean;
  /** What CloudFormation waits for with each resource of a change set. Absent: 10 ms of the clock. */
  readonly stackPace?: () => Promise<void>;
  /**
   * Whether every write to DynamoDB is kept, so that a table can be restored to a point in time. Absent: it is not;
   * long runs write much.
   */
  readonly keepTableWrites?: boolean;
  /**
   * The identities that the account can send mail as, and its quota. Absent: any address of `example.com`.
   */
  readonly email?: SendingRules;
  /** The faults from the start. `Simulator.faults` changes them. */
  readonly faults?: FaultPlan;
  /**
   * Called before the plan, for every API call that is allowed. It returns the fault to inject before or after
   * the operation, if any.
   */
  readonly interfere?: Interfere;
  /** Called with every answer of an operation, before it is sent. */
  readonly onAnswer?: CallSurroundings['onAnswer'];
}

/** An account with a stack in it. */
export interface SimulatorOptions extends AccountOptions, StackOptions {}

interface SimulatorDelays {
  /** From the end of a contact to its record. */
  readonly contactRecordMs?: number;
  /** From the event bus to a rule's target. */
  readonly eventsMs?: number;
  /** Until there is room for an index that is added to a table, and until one is deleted. Absent: 20 ms. */
  readonly indexMs?: number;
  /** For each item that a table has when an index is added. Absent: 1 ms. */
  readonly indexItemMs?: number;
  /** What each resource of a change set takes. Absent: 10 ms. */
  readonly resourceMs?: number;
  /** From the start of a transcription job until its recording is transcribed. */
  readonly transcriptionMs?: number;
}
