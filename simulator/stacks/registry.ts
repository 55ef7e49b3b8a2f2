import type { Account } from '../account.ts';
import { AwsError } from '../service.ts';
import type { Cloud } from '../template/cloud.ts';
import { deploymentOf } from '../template/deployment.ts';
import { stackVersion, type StackVersion } from '../template/stack-version.ts';
import type { ForeignStack } from '../world/account-state.ts';
import { stackNotFound } from './errors.ts';
import { type Definition, isGone, newStackRecord, seedOf, type StackRecord } from './stack-record.ts';

/** The stacks of an account that are made here, deleted ones among them. */
export interface Registry {
  readonly account: Account;
  readonly cloud: Cloud;
  /** What each resource of a change set takes, in simulated time. */
  readonly resourceMs: number;
  readonly records: readonly StackRecord[];
  /** By name, if it is not deleted, or by id. Undefined: there is none. */
  readonly find: (nameOrId: string) => StackRecord | undefined;
  /** Throws AwsError ValidationError; for a stack of others, one that says it is not simulated. */
  readonly require: (nameOrId: string) => StackRecord;
  /** Whether a stack has that name, of others too. */
  readonly isTaken: (name: string) => boolean;
  /** A new stack, with nothing in it. */
  readonly open: (name: string) => StackRecord;
  /** As if it had never been there. */
  readonly forget: (record: StackRecord) => void;
  /** What a stack would be by that definition. Throws TemplateError. */
  readonly versionOf: (
    record: StackRecord,
    definition: Definition,
    /** Absent: the replacements that were. */
    replacements?: ReadonlyMap<string, number>,
  ) => StackVersion;
  /** The stack is now what this version says, whose resources have been made. */
  readonly settle: (record: StackRecord, definition: Definition, version: StackVersion) => void;
}

export function createRegistry({
  account,
  cloud,
  foreign,
  resourceMs,
}: {
  account: Account;
  cloud: Cloud;
  /** Stacks that were deployed by others: their names are taken. */
  foreign: readonly ForeignStack[];
  resourceMs: number;
}): Registry {
  const records: StackRecord[] = [];
  const taken = foreign.filter(({ status }) => status !== 'DELETE_COMPLETE').map(({ name }) => name);
  const find = (wanted: string) =>
    records.find((record) => record.id === wanted || (record.name === wanted && !isGone(record)));
  return {
    account,
    cloud,
    resourceMs,
    records,
    find,
    require(wanted) {
      const found = find(wanted);
      if (found) return found;
      if (!taken.includes(wanted)) throw stackNotFound(wanted);
      const message = `The simulator does not change a stack of others: ${wanted}`;
      throw new AwsError('UnknownOperationException', 501, message);
    },
    isTaken: (name) => taken.includes(name) || find(name) !== undefined,
    open(name) {
      const earlier = records.filter((record) => record.name === name).length;
      const record = newStackRecord(name, { account, earlier, atMs: cloud.clock.now() });
      records.push(record);
      return record;
    },
    forget: (record) => void records.splice(records.indexOf(record), 1),
    versionOf: (record, { template, parameters, codeFolder }, replacements = record.replacements) =>
      stackVersion({
        template,
        parameters,
        codeFolder,
        stackName: record.name,
        stackId: record.id,
        account,
        cloud,
        seedOf: (logicalId) => seedOf({ ...record, replacements }, logicalId),
      }),
    settle(record, definition, version) {
      record.definition = definition;
      record.version = version;
      record.deployment = deploymentOf(version);
      record.outputs = record.deployment.outputs;
    },
  };
}
