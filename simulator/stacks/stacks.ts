import type { Account } from '../account.ts';
import { inBackground } from '../in-background.ts';
import type { StackOptions } from '../options.ts';
import { onlyStackIn, readAssembly } from '../template/assembly.ts';
import type { Cloud } from '../template/cloud.ts';
import type { Deployment } from '../template/deployment.ts';
import { makeResources } from '../template/make-resources.ts';
import { TemplateError } from '../template/template-error.ts';
import type { ForeignStack } from '../world/account-state.ts';
import { type ChangeSets, createChangeSets } from './change-sets.ts';
import { deleteStack } from './delete-stack.ts';
import { cannotBeRolledBack, validationError } from './errors.ts';
import { journalOf } from './journal.ts';
import { createRegistry } from './registry.ts';
import { isBusy, isGone, type StackRecord } from './stack-record.ts';

/** The stacks of an account. */
export interface Stacks {
  /**
   * Deploys a synthesized stack at once. Throws TemplateError if it cannot be deployed, or there is a stack
   * of that name.
   */
  readonly deploy: (stack: StackOptions) => Promise<Deployment>;
  /** Deleted ones are among them; those of others are not. */
  readonly all: () => readonly StackRecord[];
  /** By name, if it is not deleted, or by id. Throws AwsError ValidationError. */
  readonly require: (nameOrId: string) => StackRecord;
  readonly changeSets: ChangeSets;
  /**
   * Begins, and goes on in the background. Does nothing if there is no such stack. Throws AwsError
   * ValidationError for a protected one, and for one at which CloudFormation is at work.
   */
  readonly remove: (nameOrId: string, options: { retained: readonly string[] }) => void;
  /**
   * Rolls back what failed in one of these statuses; begins, and goes on in the background. Returns the stack.
   * Throws AwsError ValidationError for one in another status.
   */
  readonly rollBack: (
    nameOrId: string,
    options: { statuses: readonly string[]; skipped: readonly string[] },
  ) => StackRecord;
  /** Termination protection. Returns the stack. Throws AwsError ValidationError if there is none. */
  readonly protect: (nameOrId: string, isProtected: boolean) => StackRecord;
}

/** CloudFormation takes seconds, and works on many at once. */
const USUAL_RESOURCE_MS = 10;

export function createStacks({
  account,
  foreign = [],
  cloud,
  resourceMs = USUAL_RESOURCE_MS,
  pace = () => cloud.clock.sleep(resourceMs),
  onClose,
}: {
  account: Account;
  /** Stacks that were deployed by others: their names are taken. */
  foreign?: readonly ForeignStack[];
  cloud: Cloud;
  /** What each resource of a change set takes, in simulated time. */
  resourceMs?: number | undefined;
  /** Waited for with each of them instead. */
  pace?: () => Promise<void>;
  /** Gets the function that stops what stacks run in the background. */
  onClose: (closer: () => unknown) => void;
}): Stacks {
  const registry = createRegistry({ account, cloud, foreign, pace });
  onClose(() => registry.records.forEach(({ version }) => version?.stop()));
  return {
    async deploy({
      assemblyFolder,
      stackName = onlyStackIn(assemblyFolder),
      parameters = {},
      templatePatch,
    }) {
      if (registry.isTaken(stackName)) throw new TemplateError(`there is already a stack ${stackName}`);
      const { template, source, codeFolder } = readAssembly(assemblyFolder, stackName, templatePatch);
      const options = { parameters, tags: {}, capabilities: [], notificationArns: [] };
      const definition = { ...options, template, source, codeFolder };
      const record = registry.open(stackName);
      const journal = journalOf(record, { clock: cloud.clock, pace: () => undefined });
      journal.enter('CREATE_IN_PROGRESS', 'User Initiated');
      try {
        record.version = registry.versionOf(record, definition);
        await makeResources(record.version, journal.watcher('CREATE'));
        registry.settle(record, definition, record.version);
      } catch (error) {
        registry.forget(record);
        throw error;
      }
      journal.enter('CREATE_COMPLETE');
      return deploymentIn(record);
    },
    all: () => registry.records,
    require: registry.require,
    changeSets: createChangeSets(registry),
    remove(nameOrId, { retained }) {
      const record = registry.find(nameOrId);
      if (!record || isGone(record)) return;
      if (record.status === 'DELETE_IN_PROGRESS') return;
      refuseDeletion(record, retained);
      inBackground(deleteStack(record, { registry, retained }));
    },
    rollBack(nameOrId, { statuses, skipped }) {
      const record = registry.require(nameOrId);
      const { unfinished } = record;
      if (!unfinished || !statuses.includes(record.status)) throw cannotBeRolledBack(record);
      inBackground(unfinished.rollBack(skipped));
      return record;
    },
    protect(nameOrId, isProtected) {
      const record = registry.require(nameOrId);
      record.isProtected = isProtected;
      return record;
    },
  };
}

/** Throws AwsError ValidationError for a stack that is not to be deleted now, or not so. */
function refuseDeletion(record: StackRecord, retained: readonly string[]): void {
  const { id, name, status, isProtected } = record;
  if (isProtected) {
    throw validationError(`Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
  }
  if (isBusy(record)) throw validationError(`Stack [${id}] cannot be deleted while in status ${status}`);
  if (retained.length > 0 && status !== 'DELETE_FAILED') {
    throw validationError(
      'Invalid operation on stack. RetainResources is only valid for a stack in DELETE_FAILED',
    );
  }
}

/** Throws TemplateError if nothing of the stack is there. */
export function deploymentIn({ name, deployment }: StackRecord): Deployment {
  if (deployment) return deployment;
  throw new TemplateError(`the stack ${name} is not deployed`);
}
