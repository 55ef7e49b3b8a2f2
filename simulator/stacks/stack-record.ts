import type { Account } from '../account.ts';
import type { Deployment } from '../template/deployment.ts';
import { uuidOf } from '../template/physical-name.ts';
import type { Stack, StackResource } from '../template/resource-kind.ts';
import type { StackVersion } from '../template/stack-version.ts';
import type { Template } from '../template/template.ts';

/** What a stack is made from. */
export interface Definition {
  readonly template: Template;
  /** As it was written. */
  readonly source: unknown;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  /** The role that CloudFormation works with. Absent: the caller's permissions. */
  readonly roleArn?: string;
  readonly codeFolder: Stack['codeFolder'];
}

/** A stack of the account, from its first change set until after its deletion. */
export interface StackRecord {
  readonly id: string;
  readonly name: string;
  /** How many stacks of that name were before it. */
  readonly earlier: number;
  readonly createdAtMs: number;
  updatedAtMs?: number;
  deletedAtMs?: number;
  status: string;
  statusReason?: string | undefined;
  isProtected: boolean;
  /** Of what is deployed, or was. Absent: nothing has been yet. */
  definition?: Definition;
  /** Absent: nothing of it is there. */
  version?: StackVersion;
  deployment?: Deployment;
  /** The outputs of what is deployed. */
  outputs: Readonly<Record<string, string>>;
  /** By logical id: how often the resource was replaced. */
  readonly replacements: Map<string, number>;
  /** By logical id: what was imported, and is not replaced since. */
  readonly imported: Map<string, ImportedResource>;
  /** By logical id, in the order in which they began. Deleted ones are among them. */
  readonly rows: Map<string, ResourceRow>;
  readonly events: StackEvent[];
  readonly changeSets: ChangeSet[];
  /** What failed and was not rolled back, or not wholly. Absent: there is nothing like that. */
  unfinished?: Unfinished;
}

/** A resource that was there before the stack took it in. */
export interface ImportedResource {
  readonly physicalId: string;
  /** How often the resource of that logical id was replaced before. */
  readonly replaced: number;
}

interface Unfinished {
  /** Goes on with the rollback. `skipped`: logical ids of resources that are left as they are. */
  readonly rollBack: (skipped: readonly string[]) => Promise<void>;
  /** What an update made, and whose version the stack does not have. */
  readonly made: readonly StackResource[];
}

interface ResourceRow {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
  readonly reason?: string;
  readonly changedAtMs: number;
}

export interface StackEvent extends Omit<ResourceRow, 'changedAtMs'> {
  readonly id: string;
  readonly atMs: number;
  /** Events of one creation, update or deletion have the same. */
  readonly operationId: string;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT';
  readonly createdAtMs: number;
  readonly definition: Definition;
  readonly changes: readonly Change[];
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'OBSOLETE';
}

/** One resource that a change set adds, changes, removes or imports. */
export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import';
  readonly logicalId: string;
  readonly type: string;
  /** Absent: it is not there yet. */
  readonly physicalId?: string;
  /** Of a modification. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
  /** What happens to the resource that is there: `Delete`, `Retain`, `ReplaceAndDelete` … */
  readonly policyAction?: string;
  readonly properties: readonly PropertyChange[];
}

export interface PropertyChange {
  readonly name: string;
  readonly recreation: 'Never' | 'Conditionally' | 'Always';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A stack that has nothing yet. `earlier`: how many stacks of that name were before it. */
export function newStackRecord(
  name: string,
  { account, earlier, atMs }: { account: Account; earlier: number; atMs: number },
): StackRecord {
  const { partition, region, id } = account;
  const uuid = uuidOf(earlier === 0 ? name : `${name}/${earlier}`);
  return {
    id: `arn:${partition}:cloudformation:${region}:${id}:stack/${name}/${uuid}`,
    name,
    earlier,
    createdAtMs: atMs,
    status: 'REVIEW_IN_PROGRESS',
    isProtected: false,
    outputs: {},
    replacements: new Map(),
    imported: new Map(),
    rows: new Map(),
    events: [],
    changeSets: [],
  };
}

/** What the generated name of a resource is derived from. The first of a first stack has the simplest one. */
export function seedOf(
  {
    name,
    earlier,
    replacements,
  }: { name: string; earlier: number; replacements: ReadonlyMap<string, number> },
  logicalId: string,
): string {
  const replaced = replacements.get(logicalId) ?? 0;
  const first = `${name}/${logicalId}`;
  return earlier === 0 && replaced === 0 ? first : `${first}/${earlier}/${replaced}`;
}

/** Whether CloudFormation is at work on it. */
export function isBusy({ status }: StackRecord): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

const UPDATABLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
];

/** Whether it is as its last creation, update or import wanted it, or as it was before. */
export function isUpdatable({ status }: StackRecord): boolean {
  return UPDATABLE.includes(status);
}

export function isGone({ status }: StackRecord): boolean {
  return status === 'DELETE_COMPLETE';
}
