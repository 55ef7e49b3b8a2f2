import type { Account } from '../../account.ts';
import type { Permission } from '../../service.ts';
import { uuidOf } from '../../template/physical-name.ts';
import type { ForeignStack, StackDrift } from '../../world/account-state.ts';
import { stackNotFound } from '../../stacks/errors.ts';
import type { StackRecord } from '../../stacks/stack-record.ts';
import type { CloudFormationParts, Stack } from './parts.ts';

interface Surroundings {
  readonly account: Account;
  /** When the simulator was: stacks of others are from then, and the age of a look at drift counts from then. */
  readonly startedAtMs: number;
  readonly drifts: readonly StackDrift[];
}

/** A stack that is made here, as CloudFormation describes it. */
export function stackOf(record: StackRecord, surroundings: Surroundings): Stack {
  const { id, name, createdAtMs, status, statusReason, definition, outputs, rows } = record;
  const description = definition?.template.Description;
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    createdAtMs,
    status,
    ...(statusReason !== undefined && { statusReason }),
    outputs,
    resources: [...rows.values()],
    ...(definition && { template: definition.source }),
    record,
    ...driftOf(name, surroundings),
  };
}

/** The stacks of others. Several may have had the same name, if all but one are deleted. */
export function foreignStacks(stacks: readonly ForeignStack[], surroundings: Surroundings): readonly Stack[] {
  return stacks.map(
    (
      { name, description, status = 'CREATE_COMPLETE', statusReason, outputs = {}, resources = [] },
      index,
    ) => ({
      id: stackArn(name, uuidOf(`${name}/${index}`), surroundings.account),
      name,
      ...(description !== undefined && { description }),
      createdAtMs: surroundings.startedAtMs,
      status,
      ...(statusReason !== undefined && { statusReason }),
      outputs,
      resources,
      ...driftOf(name, surroundings),
    }),
  );
}

function driftOf(name: string, { drifts, startedAtMs }: Surroundings): Pick<Stack, 'drift'> {
  const drift = drifts.find(({ stackName }) => stackName === name);
  return drift
    ? { drift: { lookedAtMs: startedAtMs - drift.hoursAgo * 3_600_000, resources: drift.resources ?? [] } }
    : {};
}

function stackArn(name: string, id: string, { partition, region, id: accountId }: Account): string {
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${id}`;
}

/** The stack of that name or id; a deleted one has only its id. Throws AwsError ValidationError. */
export function requireStack(wanted: string, { stacks }: Pick<CloudFormationParts, 'stacks'>): Stack {
  const found = stacks().find((stack) => stack.id === wanted || (stack.name === wanted && !isDeleted(stack)));
  if (found) return found;
  throw stackNotFound(wanted);
}

export function isDeleted({ status }: Stack): boolean {
  return status === 'DELETE_COMPLETE';
}

/** What an action on one stack needs; one on all of them, where none is named. */
export function stackPermission(
  action: string,
  wanted: string | null,
  { stacks, account }: CloudFormationParts,
): Permission {
  const found = stacks().find(({ id, name }) => id === wanted || name === wanted);
  const resource = wanted === null ? '*' : (found?.id ?? stackArn(wanted, '*', account));
  return { action: `cloudformation:${action}`, resource };
}

/** How a drift that was looked for ended. */
export function driftInformation({ drift }: Stack) {
  if (!drift) return { StackDriftStatus: 'NOT_CHECKED' };
  return {
    StackDriftStatus: drift.resources.length > 0 ? 'DRIFTED' : 'IN_SYNC',
    LastCheckTimestamp: new Date(drift.lookedAtMs).toISOString(),
  };
}
