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
  /** Replaces the policies of a role, for the sessions that it has, too. Throws an Error if there is no such role. */
  readonly replaceStatements: (roleArn: string, statements: readonly PolicyStatement[]) => void;
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
  statements: readonly PolicyStatement[];
  onAllowed: (permission: Permission) => void;
  readonly sessions: { readonly identity: Identity; readonly policies: Policies }[];
}

function firstSession({ arn, sessions: [first] }: Role): Identity {
  if (first) return first.identity;
  throw new Error(`nobody has a session of ${arn}`);
}

/** The roles of an account, and their sessions. */
export function createRoles(
  { id: accountId, partition }: Account,
  { callers, principals, book }: { callers: Callers; principals: Principals; book: GrantBook },
): Roles {
  const byRole = new Map<string, Role>();

  function requireRole(roleArn: string): Role {
    const role = byRole.get(roleArn);
    if (!role) throw new Error(`there is no role ${roleArn}`);
    return role;
  }

  function addSession(
    role: Role,
    name: string,
    { statements = role.statements, ...more }: SessionOptions & { statements?: readonly PolicyStatement[] },
  ): Identity {
    const policies = callers.policiesOf(statements);
    const roleName = role.arn.slice(role.arn.lastIndexOf('/') + 1);
    const identity = callers.add(`arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${name}`, {
      ...more,
      principalArn: role.arn,
      credentials: sessionCredentials(),
      policies,
      onAllowed: (permission) => role.onAllowed(permission),
    });
    role.sessions.push({ identity, policies });
    return identity;
  }

  function newRole(arn: string, statements: readonly PolicyStatement[], trustsAccount: boolean): Role {
    const role = { arn, trustsAccount, statements, onAllowed: book.add(arn, statements), sessions: [] };
    byRole.set(arn, role);
    principals.add(arn, statements);
    return role;
  }

  return {
    addRole({ arn, label, statements, trustsAccount = false }) {
      const role = byRole.get(arn) ?? newRole(arn, statements, trustsAccount);
      const name = label ?? arn.slice(arn.lastIndexOf('/') + 1);
      return addSession(role, name, { statements, ...(label !== undefined && { label }) }).credentials;
    },
    assume(roleArn, { name, expiresAtMs }) {
      const role = byRole.get(roleArn);
      if (!role?.trustsAccount) return undefined;
      return addSession(role, name, { expiresAtMs }).credentials;
    },
    replaceStatements(roleArn, statements) {
      const role = requireRole(roleArn);
      if (isDeepStrictEqual(role.statements, statements)) return;
      role.statements = statements;
      const { evaluate } = callers.policiesOf(statements);
      for (const { policies } of role.sessions) policies.evaluate = evaluate;
      role.onAllowed = book.replace(roleArn, statements);
      principals.add(roleArn, statements);
    },
    removeRole(roleArn) {
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
