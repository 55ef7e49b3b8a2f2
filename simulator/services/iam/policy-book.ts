import type { Account } from '../../account.ts';
import { AwsError } from '../../service.ts';
import type { AccountPolicy } from '../../world/account-state.ts';
import { principalId } from './principal-id.ts';
import { type ManagedPolicy, managedPolicy } from './managed-policies.ts';

/** The policies that the account can name: AWS's own, and those that were made here. */
export interface PolicyBook {
  /** Throws AwsError EntityAlreadyExists. */
  readonly add: (policy: ManagedPolicy) => string;
  /** Undefined: there is none. */
  readonly find: (arn: string) => ManagedPolicy | undefined;
  /** Throws AwsError NoSuchEntity, and UnknownOperationException for others of AWS's own, which may exist there. */
  readonly require: (operation: string, arn: string) => ManagedPolicy;
}

export function createPolicyBook(
  { partition, id }: Account,
  fromTheStart: readonly AccountPolicy[] = [],
): PolicyBook {
  const made = new Map(fromTheStart.map((policy) => [policy.arn, asManaged(policy)]));
  const find = (arn: string) => managedPolicy(arn) ?? made.get(arn);
  return {
    find,
    add(policy) {
      const { path, name } = policy;
      const isTaken = [...made.values()].some((one) => one.name.toLowerCase() === name.toLowerCase());
      if (isTaken) {
        const message = `A policy called ${name} already exists. Duplicate names are not allowed.`;
        throw new AwsError('EntityAlreadyExists', 409, message);
      }
      const arn = `arn:${partition}:iam::${id}:policy${path}${name}`;
      made.set(arn, policy);
      return arn;
    },
    require(operation, arn) {
      const policy = find(arn);
      if (policy) return policy;
      if (/^arn:[^:]+:iam::aws:policy\//.test(arn)) {
        const message = `${operation}: the simulator does not know the policy ${arn}`;
        throw new AwsError('UnknownOperationException', 501, message);
      }
      throw new AwsError('NoSuchEntity', 404, `Policy ${arn} was not found.`);
    },
  };
}

function asManaged({ arn, statements }: AccountPolicy): ManagedPolicy {
  const [, path = '/', name = ''] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return {
    path,
    name,
    id: principalId('ANPA', arn),
    madeAt: '2026-01-01T00:00:00Z',
    version: 'v1',
    document: { Version: '2012-10-17', Statement: statements },
  };
}

/** The roles that a policy is attached to are counted in the account. */
export function describePolicy(policy: ManagedPolicy, arn: string, attachments: number) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    DefaultVersionId: policy.version,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(policy.description !== undefined && { Description: policy.description }),
    CreateDate: policy.madeAt,
    UpdateDate: policy.madeAt,
  };
}
