import { parsePolicyDocument, type PolicyStatement } from '../../gateway/policy.ts';
import { z } from 'zod';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';

const Ignored = z.unknown().optional();
const PolicyShape = z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() });

const RoleProperties = z.strictObject({
  RoleName: z.string().optional(),
  Policies: z.array(PolicyShape).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  AssumeRolePolicyDocument: Ignored,
  Description: Ignored,
  MaxSessionDuration: Ignored,
  Tags: Ignored,
});

const PolicyProperties = PolicyShape.extend({ Roles: z.array(z.string()).min(1) });

/** It lets a function write its log, which is not an API call here: it allows no simulated operation. */
const BASIC_EXECUTION = /^arn:[^:]+:iam::aws:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

/** AWS::IAM::Role, with the policies in it. Its trust policy is not checked. */
export const iamRole: ResourceKind = {
  identify({ name, logicalId, account: { partition, id } }) {
    const role = name('RoleName', { longest: 64 });
    return {
      ref: role,
      attributes: {
        Arn: `arn:${partition}:iam::${id}:role/${role}`,
        RoleId: `AROA${uuidOf(logicalId).replaceAll('-', '').slice(0, 17).toUpperCase()}`,
      },
    };
  },
  deploy(resource, stack) {
    const arn = arnOf(resource);
    stack.cloud.identities.addRole({ arn, statements: roleStatements(arn, stack) });
  },
  update: refresh,
  settle: refresh,
  remove: (resource, { cloud }) => cloud.identities.removeRole(arnOf(resource)),
};

/** Its policies can change without it. */
function refresh(resource: StackResource, stack: Stack): void {
  const arn = arnOf(resource);
  stack.cloud.identities.replaceStatements(arn, roleStatements(arn, stack));
}

/** AWS::IAM::Policy: it is added to its role. */
export const iamPolicy: ResourceKind = {
  identify: ({ name }) => ({ ref: name('PolicyName', { longest: 128 }), attributes: {} }),
  deploy(resource, stack) {
    const roles = stack.ofType('AWS::IAM::Role').map(({ identity }) => identity().ref);
    for (const role of parseProperties(PolicyProperties, resource).Roles) {
      if (!roles.includes(role))
        throw new TemplateError(`${resource.where}: the template has no role ${role}`);
    }
  },
};

/**
 * The statements of all policies of one role. Throws TemplateError for a role or policy that is not in the
 * template.
 */
export function roleStatements(roleArn: string, stack: Stack): readonly PolicyStatement[] {
  const role = stack.byArn('AWS::IAM::Role', roleArn);
  if (!role) throw new TemplateError(`the template has no role ${roleArn}`);
  const { Policies: inline, ManagedPolicyArns: managed } = parseProperties(RoleProperties, role);
  for (const policyArn of managed) {
    if (!BASIC_EXECUTION.test(policyArn)) {
      throw new TemplateError(`${role.where}: the simulator does not know the managed policy ${policyArn}`);
    }
  }
  const attached = stack
    .ofType('AWS::IAM::Policy')
    .map((policy) => ({ policy, ...parseProperties(PolicyProperties, policy) }))
    .filter(({ Roles }) => Roles.includes(role.identity().ref));
  return [
    ...inline.flatMap(({ PolicyDocument: document }) => statementsOf(document, role)),
    ...attached.flatMap(({ policy, PolicyDocument: document }) => statementsOf(document, policy)),
  ];
}

function statementsOf(document: unknown, { where }: StackResource): readonly PolicyStatement[] {
  try {
    return parsePolicyDocument(document);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`${where}: ${reason}`, { cause: error });
  }
}

function arnOf(role: StackResource): string {
  return role.identity().attributes['Arn'] ?? '';
}
