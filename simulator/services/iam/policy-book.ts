import type { Account } from '../../account.ts';
import { AwsError } from '../../service.ts';
import { type ManagedPolicy, managedPolicy } from './managed-policies.ts';

/** The policies that the account can name: AWS's own, and those that were made here. */
export interface PolicyBook {
  /** Throws AwsError EntityAlreadyExists. */
  readonly add: (policy: ManagedPolicy) => string;
  /** Throws AwsError NoSuchEntity, and UnknownOperationException for others of AWS's own, which may exist there. */
  readonly require: (operation: string, arn: string) => ManagedPolicy;
}

export function createPolicyBook({ partition, id }: Account): PolicyBook {
  const made = new Map<string, ManagedPolicy>();
  return {
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
      const policy = managedPolicy(arn) ?? made.get(arn);
      if (policy) return policy;
      if (/^arn:[^:]+:iam::aws:policy\//.test(arn)) {
        const message = `${operation}: the simulator does not know the policy ${arn}`;
        throw new AwsError('UnknownOperationException', 501, message);
      }
      throw new AwsError('NoSuchEntity', 404, `Policy ${arn} was not found.`);
    },
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
