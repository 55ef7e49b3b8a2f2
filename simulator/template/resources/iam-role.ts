import { parsePolicyDocument, type PolicyStatement } from '../../gateway/policy.ts';
import { managedPolicy } from '../../services/iam/managed-policies.ts';
import { principalId } from '../../services/iam/principal-id.ts';
import { z } from 'zod';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { Tags, tagsIn } from './tags.ts';

const PolicyShape = z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() });

const RoleProperties = z.strictObject({
  RoleName: z.string().optional(),
  Policies: z.array(PolicyShape).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  AssumeRolePolicyDocument: z.unknown().default({ Version: '2012-10-17', Statement: [] }),
  Description: z.string().optional(),
  PermissionsBoundary: z.string().exactOptional(),
  MaxSessionDuration: z.coerce.number().default(3600),
  Tags,
});

const PolicyProperties = PolicyShape.extend({ Roles: z.array(z.string()).min(1) });

/** AWS::IAM::Role, with the policies in it. Its trust policy is not checked. */
export const iamRole: ResourceKind = {
  identify({ name, account: { partition, id } }) {
    const role = name('RoleName', { longest: 64 });
    return {
      ref: role,
      attributes: {
        Arn: `arn:${partition}:iam::${id}:role/${role}`,
        RoleId: principalId('AROA', `${id}/${role}`),
      },
    };
  },
  deploy(resource, stack) {
    const arn = arnOf(resource);
    stack.cloud.identities.addRole({ arn, statements: roleStatements(arn, stack) });
    setBoundary(resource, stack);
    describe(resource, stack);
  },
  update: refresh,
  settle: refresh,
  remove(resource, { cloud }) {
    cloud.identities.removeRole(arnOf(resource));
    cloud.iam.forgetRole(arnOf(resource));
  },
};

/** What IAM says of its policies can change without it. */
function refresh(resource: StackResource, stack: Stack): void {
  const arn = arnOf(resource);
  stack.cloud.identities.replaceStatements(arn, roleStatements(arn, stack));
  setBoundary(resource, stack);
  describe(resource, stack);
}

/** Throws TemplateError if the account has no such policy: IAM makes no role then. */
function setBoundary(resource: StackResource, { cloud }: Stack): void {
  const { PermissionsBoundary: policyArn } = parseProperties(RoleProperties, resource);
  const policy = policyArn === undefined ? undefined : cloud.iam.findPolicy(policyArn);
  if (policyArn !== undefined && !policy) {
    throw new TemplateError(
      `${resource.where}: Scope ARN: ${policyArn} does not exist or is not attachable.`,
    );
  }
  cloud.identities.setBoundary(arnOf(resource), policy && statementsOf(policy.document, resource));
}

/** What IAM says of it over the wire. */
function describe(resource: StackResource, stack: Stack): void {
  const properties = parseProperties(RoleProperties, resource);
  const { cloud } = stack;
  cloud.iam.describeRole({
    arn: arnOf(resource),
    madeMs: cloud.clock.now(),
    trust: properties.AssumeRolePolicyDocument,
    description: properties.Description,
    longestSessionSeconds: properties.MaxSessionDuration,
    tags: tagsIn(properties.Tags),
    inline: Object.fromEntries([
      ...properties.Policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument] as const),
      ...policiesFor(resource, stack).map(
        ({ policy, PolicyDocument }) => [policy.identity().ref, PolicyDocument] as const,
      ),
    ]),
    attached: properties.ManagedPolicyArns,
    boundary: properties.PermissionsBoundary,
  });
}

/** The AWS::IAM::Policy resources of a role. */
function policiesFor(role: StackResource, stack: Stack) {
  return stack
    .ofType('AWS::IAM::Policy')
    .map((policy) => ({ policy, ...parseProperties(PolicyProperties, policy) }))
    .filter(({ Roles }) => Roles.includes(role.identity().ref));
}

/**
 * AWS::IAM::Policy: it is added to its roles, and counts there from its own creation to its own deletion. In an update,
 * that of the version before stays until the end.
 */
export const iamPolicy: ResourceKind = {
  identify: ({ name }) => ({ ref: name('PolicyName', { longest: 128 }), attributes: {} }),
  deploy: put,
  update(resource, stack, before) {
    unput(before, stack);
    put(resource, stack);
  },
  remove: unput,
};

function put(policy: StackResource, stack: Stack): void {
  const { Roles, PolicyDocument: document } = parseProperties(PolicyProperties, policy);
  for (const name of Roles) {
    const role = roleNamed(name, stack);
    if (!role) throw new TemplateError(`${policy.where}: the template has no role ${name}`);
    stack.cloud.identities.putPolicy(arnOf(role), policy.identity().ref, statementsOf(document, policy));
  }
}

function unput(policy: StackResource, stack: Stack): void {
  for (const name of parseProperties(PolicyProperties, policy).Roles) {
    const role = roleNamed(name, stack);
    if (role) stack.cloud.identities.deletePolicy(arnOf(role), policy.identity().ref);
  }
}

function roleNamed(name: string, stack: Stack): StackResource | undefined {
  return stack.ofType('AWS::IAM::Role').find(({ identity }) => identity().ref === name);
}

/**
 * The statements of the policies in a role. Throws TemplateError for a role or managed policy that is not known.
 */
export function roleStatements(roleArn: string, stack: Stack): readonly PolicyStatement[] {
  const role = stack.byArn('AWS::IAM::Role', roleArn);
  if (!role) throw new TemplateError(`the template has no role ${roleArn}`);
  const { Policies: inline, ManagedPolicyArns: managed } = parseProperties(RoleProperties, role);
  const known = managed.flatMap((policyArn) => {
    const policy = managedPolicy(policyArn);
    if (policy) return parsePolicyDocument(policy.document);
    throw new TemplateError(`${role.where}: the simulator does not know the managed policy ${policyArn}`);
  });
  return [...known, ...inline.flatMap(({ PolicyDocument: document }) => statementsOf(document, role))];
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
