import type { Account } from '../../account.ts';
import { AwsError } from '../../service.ts';

/** A policy of AWS's own that a template may name. */
export interface ManagedPolicy {
  readonly path: string;
  readonly name: string;
  readonly id: string;
  readonly madeAt: string;
  readonly description: string;
  readonly version: string;
  readonly document: object;
}

/** Source: AWS Managed Policy Reference, AWSLambdaBasicExecutionRole. */
const BASIC_EXECUTION: ManagedPolicy = {
  path: '/service-role/',
  name: 'AWSLambdaBasicExecutionRole',
  id: 'ANPAJNCQGXC42545SKXIK',
  madeAt: '2015-04-09T15:03:43Z',
  description: 'Provides write permissions to CloudWatch Logs.',
  version: 'v1',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  },
};

const KNOWN = [BASIC_EXECUTION];

/** Undefined: the simulator does not know it. */
export function managedPolicy(arn: string): ManagedPolicy | undefined {
  const [, path, name] = /^arn:[^:]+:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return KNOWN.find((one) => one.path === path && one.name === name);
}

/** Throws AwsError NoSuchEntity, and UnknownOperationException for others of AWS's own, which may exist there. */
export function requirePolicy(operation: string, arn: string): ManagedPolicy {
  const policy = managedPolicy(arn);
  if (policy) return policy;
  if (/^arn:[^:]+:iam::aws:policy\//.test(arn)) {
    const message = `${operation}: the simulator does not know the policy ${arn}`;
    throw new AwsError('UnknownOperationException', 501, message);
  }
  throw new AwsError('NoSuchEntity', 404, `Policy ${arn} was not found.`);
}

/** The roles that a policy is attached to are counted in the account. */
export function describePolicy(policy: ManagedPolicy, { partition }: Account, attachments: number) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: `arn:${partition}:iam::aws:policy${policy.path}${policy.name}`,
    Path: policy.path,
    DefaultVersionId: policy.version,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.madeAt,
    UpdateDate: policy.madeAt,
  };
}
