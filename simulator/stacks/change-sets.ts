import { randomUUID } from 'node:crypto';
import { inBackground } from '../in-background.ts';
import { AwsError } from '../service.ts';
import { createStack } from './create-stack.ts';
import { alreadyExists, changeSetNotFound, notExecutable, validationError } from './errors.ts';
import { additions } from './plan-changes.ts';
import type { Registry } from './registry.ts';
import { type Change, type ChangeSet, type Definition, isBusy, type StackRecord } from './stack-record.ts';

interface NewChangeSet {
  readonly stackName: string;
  readonly name: string;
  readonly description?: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly definition: Definition;
}

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
  const { account, cloud } = registry;

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

  /** The stack that a change set is for. One that begins with it is in review. */
  function stackFor({ type, stackName }: NewChangeSet): StackRecord {
    const found = registry.find(stackName);
    if (type === 'UPDATE') {
      const record = found ?? registry.require(stackName);
      if (record.status === 'REVIEW_IN_PROGRESS' || isBusy(record)) throw cannotBeUpdated(record);
      return record;
    }
    if (found?.status === 'REVIEW_IN_PROGRESS') return found;
    if (registry.isTaken(stackName)) throw alreadyExists(`Stack [${stackName}]`);
    return registry.open(stackName);
  }

  /** Of a template that CloudFormation refuses, nothing is left, not even a stack in review. */
  function plannedFor(record: StackRecord, definition: Definition): readonly Change[] {
    try {
      return additions(registry.versionOf(record, definition));
    } catch (error) {
      if (record.changeSets.length === 0 && !record.definition) registry.forget(record);
      throw error;
    }
  }

  return {
    require,
    async create(asked) {
      const { name, description, type, definition } = asked;
      const record = stackFor(asked);
      if (record.changeSets.some((one) => one.name === name)) throw alreadyExists(`ChangeSet ${name}`);
      if (type === 'UPDATE') throw new AwsError('UnknownOperationException', 501, 'no updates yet');
      const changes = plannedFor(record, definition);
      const { partition, region, id } = account;
      const changeSet: ChangeSet = {
        id: `arn:${partition}:cloudformation:${region}:${id}:changeSet/${name}/${randomUUID()}`,
        name,
        ...(description !== undefined && { description }),
        type,
        createdAtMs: cloud.clock.now(),
        definition,
        changes,
        status: 'CREATE_COMPLETE',
        executionStatus: 'AVAILABLE',
      };
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
      if (isBusy(record)) throw cannotBeUpdated(record);
      record.changeSets.length = 0;
      inBackground(createStack(record, changeSet.definition, { registry, keepsFailed }));
    },
  };
}

function cannotBeUpdated({ id, status }: StackRecord): AwsError {
  return validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}
