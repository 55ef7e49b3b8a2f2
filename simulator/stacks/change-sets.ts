import { inBackground } from '../in-background.ts';
import { createStack } from './create-stack.ts';
import { cannotBeUpdated, changeSetNotFound, notExecutable } from './errors.ts';
import { importResources } from './import-resources.ts';
import type { Plan } from './plan-changes.ts';
import { type NewChangeSet, proposed } from './propose-changes.ts';
import type { Registry } from './registry.ts';
import { type ChangeSet, isUpdatable, type StackRecord } from './stack-record.ts';
import { updateStack } from './update-stack.ts';

/** The change sets of stacks. All throw AwsErrors in CloudFormation's words. */
export interface ChangeSets {
  readonly create: (asked: NewChangeSet) => Promise<{ record: StackRecord; changeSet: ChangeSet }>;
  /** By its id, or by its name and a stack. */
  readonly require: (
    wanted: string,
    stackNameOrId: string | undefined,
  ) => { record: StackRecord; changeSet: ChangeSet };
  /** Does nothing if there is no such change set. */
  readonly remove: (wanted: string, stackNameOrId: string | undefined) => void;
  /** Begins, and goes on in the background. `keepsFailed`: what fails is not rolled back. */
  readonly execute: (
    wanted: string,
    stackNameOrId: string | undefined,
    options: { keepsFailed: boolean },
  ) => void;
}

export function createChangeSets(registry: Registry): ChangeSets {
  const plans = new WeakMap<ChangeSet, Plan>();

  function find(wanted: string, stackNameOrId: string | undefined) {
    const records = stackNameOrId === undefined ? registry.records : [registry.require(stackNameOrId)];
    for (const record of records) {
      const changeSet = record.changeSets.find(({ id, name }) => id === wanted || name === wanted);
      if (changeSet) return { record, changeSet };
    }
    return undefined;
  }

  function require(wanted: string, stackNameOrId: string | undefined) {
    const found = find(wanted, stackNameOrId);
    if (found) return found;
    throw changeSetNotFound(wanted);
  }

  function carryOut(record: StackRecord, changeSet: ChangeSet, keepsFailed: boolean): Promise<void> {
    const { definition } = changeSet;
    const { version: before } = record;
    const plan = plans.get(changeSet);
    if (plan && changeSet.type === 'IMPORT') return importResources(record, definition, { registry, plan });
    if (!before || !plan) return createStack(record, definition, { registry, keepsFailed });
    return updateStack(record, definition, { registry, before, plan, keepsFailed });
  }

  return {
    require,
    async create(asked) {
      const { record, plan, changeSet } = await proposed(asked, registry);
      plans.set(changeSet, plan);
      record.changeSets.push(changeSet);
      return { record, changeSet };
    },
    remove(wanted, stackNameOrId) {
      const { record, changeSet } = find(wanted, stackNameOrId) ?? {};
      if (record && changeSet) record.changeSets.splice(record.changeSets.indexOf(changeSet), 1);
    },
    execute(wanted, stackNameOrId, { keepsFailed }) {
      const { record, changeSet } = require(wanted, stackNameOrId);
      if (changeSet.executionStatus !== 'AVAILABLE') throw notExecutable(changeSet.id, changeSet.status);
      if (record.status !== 'REVIEW_IN_PROGRESS' && !isUpdatable(record)) throw cannotBeUpdated(record);
      record.changeSets.length = 0;
      inBackground(carryOut(record, changeSet, keepsFailed));
    },
  };
}
