import type { Account } from '../../account.ts';
import type { Identities } from '../../gateway/iam.ts';
import type { Principal } from '../../gateway/principals.ts';
import { AwsError } from '../../service.ts';
import { principalId } from './principal-id.ts';

/** A role as IAM describes it. */
export interface RoleDescription {
  readonly arn: string;
  /** When it was made. */
  readonly madeMs: number;
  /** Who may assume it, as a policy document. */
  readonly trust: unknown;
  readonly description?: string | undefined;
  readonly longestSessionSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  /** The documents of the policies in it, by name. */
  readonly inline: Readonly<Record<string, unknown>>;
  /** The ARNs of the policies attached to it. */
  readonly attached: readonly string[];
  /** The ARN of the policy that is its permissions boundary. */
  readonly boundary?: string | undefined;
}

export interface RoleBook {
  readonly put: (role: RoleDescription) => void;
  readonly remove: (arn: string) => void;
  /** By name. */
  readonly all: () => readonly RoleDescription[];
  /** By its name. Throws AwsError NoSuchEntity. */
  readonly require: (name: string) => RoleDescription;
}

/** Roles that no template made are those of `cdk bootstrap`, and others from the start. */
const FROM_THE_START_MS = Date.UTC(2026, 0, 1);
const USUAL_SESSION_SECONDS = 3600;

/** What is known of roles beside what they may do. */
export function createRoleBook(identities: Pick<Identities, 'account' | 'roles' | 'findRole'>): RoleBook {
  const described = new Map<string, RoleDescription>();
  const of = (role: Principal) => described.get(role.arn) ?? undescribed(role, identities.account);
  return {
    /** It was made when it was put for the first time. */
    put: (role) =>
      void described.set(role.arn, { ...role, madeMs: described.get(role.arn)?.madeMs ?? role.madeMs }),
    remove: (arn) => void described.delete(arn),
    all: () =>
      identities
        .roles()
        .map(of)
        .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)),
    require(name) {
      const role = identities.findRole(name);
      if (role) return of(role);
      throw new AwsError('NoSuchEntity', 404, `The role with name ${name} cannot be found.`);
    },
  };
}

/** A role from the start: everybody in the account may assume it, and what it may do is one policy. */
function undescribed({ arn, statements }: Principal, { partition, id }: Account): RoleDescription {
  const AWS = `arn:${partition}:iam::${id}:root`;
  return {
    arn,
    madeMs: FROM_THE_START_MS,
    trust: documentOf([{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }]),
    longestSessionSeconds: USUAL_SESSION_SECONDS,
    tags: {},
    inline: statements.length > 0 ? { default: documentOf(statements) } : {},
    attached: [],
  };
}

function documentOf(statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements };
}

/** Without its path. */
export function nameOf({ arn }: Pick<RoleDescription, 'arn'>): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** `/` or `/team/`. */
export function pathOf({ arn }: Pick<RoleDescription, 'arn'>): string {
  return arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
}

/** A role as the API answers it. Only GetRole tells its tags, as on AWS. */
export function describeRole(role: RoleDescription, { id }: Account) {
  const RoleName = nameOf(role);
  return {
    Path: pathOf(role),
    RoleName,
    RoleId: principalId('AROA', `${id}/${RoleName}`),
    Arn: role.arn,
    CreateDate: new Date(role.madeMs).toISOString(),
    AssumeRolePolicyDocument: encoded(role.trust),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.longestSessionSeconds,
  };
}

/** Documents are percent-encoded. Source: IAM API reference, GetRolePolicy. */
export function encoded(document: unknown): string {
  return encodeURIComponent(JSON.stringify(document));
}
