import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../account.ts';
import type { Caller, Permission } from '../service.ts';
import {
  type Callers,
  type Credentials,
  type Identity,
  type Policies,
  sessionCredentials,
  type SessionOptions,
} from './callers.ts';
import type { GrantBook } from './grants.ts';
import type { PolicyStatement } from './policy.ts';
import type { Principals } from './principals.ts';

export interface Roles {
  /**
   * One session of a role. `label` is a function's logical id and becomes the
   * session's name; a role may have several sessions.
   */
  readonly addRole: (role: {
    arn: string;
    label?: string;
    statements: readonly PolicyStatement[];
    /** Whether its trust policy lets the account assume it. Absent: only AWS services may. */
    trustsAccount?: boolean;
  }) => Credentials;
  /** A session of a role that trusts the account. Undefined: there is no such role. */
  readonly assume: (
    roleArn: string,
    session: { name: string; expiresAtMs: number },
  ) => Credentials | undefined;
  /**
   * Replaces the policies that a role was made with, for the sessions that it has, too. Throws an Error if there is no
   * such role.
   */
  readonly replaceStatements: (roleArn: string, statements: readonly PolicyStatement[]) => void;
  /** Adds a policy to those, or replaces the one of that name. Throws an Error if there is no such role. */
  readonly putPolicy: (roleArn: string, name: string, statements: readonly PolicyStatement[]) => void;
  /** Does nothing if there is no such role or policy. */
  readonly deletePolicy: (roleArn: string, name: string) => void;
  /** The permissions boundary of a role, for the sessions that it has, too. Undefined: it has none. */
  readonly setBoundary: (roleArn: string, statements: readonly PolicyStatement[] | undefined) => void;
  /** The role's sessions are of no use any more. Does nothing if there is no such role. */
  readonly removeRole: (roleArn: string) => void;
  /** Of the role's first session. Throws an Error if there is no such role. */
  readonly credentialsFor: (roleArn: string) => Credentials;
  /**
   * For services that act with a role, as an event source mapping does. Throws an Error if there is no
   * such role.
   */
  readonly callerFor: (roleArn: string) => Caller;
}

interface Role {
  readonly arn: string;
  readonly trustsAccount: boolean;
  /** Those that it was made with. */
  own: readonly PolicyStatement[];
  /** Those of policies that were put to it, by the policy's name. */
  readonly put: Map<string, readonly PolicyStatement[]>;
  /** All of them. */
  statements: readonly PolicyStatement[];
  onAllowed: (permission: Permission) => void;
  readonly sessions: { readonly identity: Identity; readonly policies: Policies }[];
}

function putTo({ put }: Role): readonly PolicyStatement[] {
  return [...put.values()].flat();
}

function firstSession({ arn, sessions: [first] }: Role): Identity {
  if (first) return first.identity;
  throw new Error(`nobody has a session of ${arn}`);
}

function addSession(
  role: Role,
  name: string,
  { statements = role.statements, ...more }: SessionOptions & { statements?: readonly PolicyStatement[] },
  { account: { id, partition }, callers }: { account: Account; callers: Callers },
): Identity {
  const policies = callers.policiesOf(statements);
  const roleName = role.arn.slice(role.arn.lastIndexOf('/') + 1);
  const identity = callers.add(`arn:${partition}:sts::${id}:assumed-role/${roleName}/${name}`, {
    ...more,
    principalArn: role.arn,
    credentials: sessionCredentials(),
    policies,
    onAllowed: (permission) => role.onAllowed(permission),
  });
  role.sessions.push({ identity, policies });
  return identity;
}

/** The roles of an account, and their sessions. */
export function createRoles(
  account: Account,
  { callers, principals, book }: { callers: Callers; principals: Principals; book: GrantBook },
): Roles {
  const byRole = new Map<string, Role>();

  function requireRole(roleArn: string): Role {
    const role = byRole.get(roleArn);
    if (!role) throw new Error(`there is no role ${roleArn}`);
    return role;
  }

  function newRole(arn: string, statements: readonly PolicyStatement[], trustsAccount: boolean): Role {
    const onAllowed = book.add(arn, statements);
    const role = { arn, trustsAccount, own: statements, put: new Map(), statements, onAllowed, sessions: [] };
    byRole.set(arn, role);
    principals.add(arn, statements);
    return role;
  }

  function renew(role: Role): void {
    const statements = [...role.own, ...putTo(role)];
    if (isDeepStrictEqual(role.statements, statements)) return;
    role.statements = statements;
    const { evaluate } = callers.policiesOf(statements);
    for (const { policies } of role.sessions) policies.evaluate = evaluate;
    role.onAllowed = book.replace(role.arn, statements);
    principals.add(role.arn, statements);
  }

  return {
    addRole({ arn, label, statements, trustsAccount = false }) {
      const role = byRole.get(arn) ?? newRole(arn, statements, trustsAccount);
      const name = label ?? arn.slice(arn.lastIndexOf('/') + 1);
      const all = [...statements, ...putTo(role)];
      const session = { statements: all, ...(label !== undefined && { label }) };
      return addSession(role, name, session, { account, callers }).credentials;
    },
    assume(roleArn, { name, expiresAtMs }) {
      const role = byRole.get(roleArn);
      if (!role?.trustsAccount) return undefined;
      return addSession(role, name, { expiresAtMs }, { account, callers }).credentials;
    },
    replaceStatements(roleArn, statements) {
      const role = requireRole(roleArn);
      role.own = statements;
      renew(role);
    },
    putPolicy(roleArn, name, statements) {
      const role = requireRole(roleArn);
      role.put.set(name, statements);
      renew(role);
    },
    deletePolicy(roleArn, name) {
      const role = byRole.get(roleArn);
      if (role?.put.delete(name)) renew(role);
    },
    setBoundary: callers.setBoundary,
    removeRole(roleArn) {
      callers.setBoundary(roleArn, undefined);
      for (const { identity } of byRole.get(roleArn)?.sessions ?? []) {
        callers.remove(identity);
      }
      byRole.delete(roleArn);
      principals.remove(roleArn);
      book.remove(roleArn);
    },
    credentialsFor: (roleArn) => firstSession(requireRole(roleArn)).credentials,
    callerFor: (roleArn) => firstSession(requireRole(roleArn)).caller,
  };
}
