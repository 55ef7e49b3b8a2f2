import { randomBytes } from 'node:crypto';
import type { Account } from '../account.ts';
import { LAPTOP_ACCOUNT } from '../sample-account.ts';
import type { Caller, Permission } from '../service.ts';
import type { Administrator } from '../world/account-state.ts';
import { createGrantBook, type Grant } from './grants.ts';
import { type Decision, policyEvaluator, type PolicyStatement } from './policy.ts';
import { principalOf } from './principal-arn.ts';
import { createPrincipals, MAY_ALL, type Principals, withContext } from './principals.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A principal that can sign requests. */
export interface Identity {
  readonly credentials: Credentials;
  readonly caller: Caller;
  /** What the timeline calls it: a function's logical id, or the caller's ARN. */
  readonly label: string;
  readonly decide: (permission: Permission) => Decision;
}

export interface Identities {
  /** The account of the identities, and of everything that they call. */
  readonly account: Account;
  /** Who sets up the account: an IAM user who is allowed everything, or the one that the world names. */
  readonly administrator: Credentials;
  /**
   * One session of a role. `label` is a function's logical id and becomes the
   * session's name; a role may have several sessions.
   */
  readonly addRole: (role: {
    arn: string;
    label?: string;
    statements: readonly PolicyStatement[];
  }) => Credentials;
  /** Of the role's first session. Throws an Error if there is no such role. */
  readonly credentialsFor: (roleArn: string) => Credentials;
  /**
   * For services that act with a role, as an event source mapping does. Throws an Error if there is no
   * such role.
   */
  readonly callerFor: (roleArn: string) => Caller;
  readonly findPrincipal: Principals['find'];
  readonly findRole: Principals['findRole'];
  /** What every role is allowed, and what of it was used. */
  readonly grants: () => readonly Grant[];
  readonly find: (accessKeyId: string) => Identity | undefined;
}

/** A real session token is about this long, and lengthens the presigned URLs that carry it. */
const TOKEN_BYTES = 768;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Who is allowed to call the simulator: an administrator from the start, and a session for every role
 * that is added. An administrator of another account is allowed nothing.
 */
export function createIdentities(
  account: Account = LAPTOP_ACCOUNT,
  {
    arn: administratorArn,
    statements: granted = MAY_ALL,
    deniedByOrganization: denied,
  }: Administrator = usualAdministrator(account),
): Identities {
  const { id: accountId, partition } = account;
  const byAccessKey = new Map<string, Identity>();
  const byRole = new Map<string, Identity>();
  const principals = createPrincipals(account, denied);
  const book = createGrantBook();

  /** `arn`: the caller's own, which for a role is that of its session. */
  function add(arn: string, { label, credentials, statements, onAllowed = () => {} }: NewIdentity): Identity {
    const evaluate = policyEvaluator([...statements, ...(denied ?? [])]);
    const decide = (asked: Permission) => {
      const permission = withContext(asked, account, arn);
      const decision = evaluate(permission);
      if (decision === 'allowed') onAllowed(permission);
      return decision;
    };
    const caller = {
      accountId: principalOf(arn).accountId,
      arn,
      isAllowed: (permission: Permission) => decide(permission) === 'allowed',
    };
    const identity = { credentials, caller, label, decide };
    byAccessKey.set(credentials.accessKeyId, identity);
    return identity;
  }

  function addAdministrator(): Identity {
    const { accountId: home, kind, ownArn } = principalOf(administratorArn);
    const isOfHere = home === accountId;
    const statements = kind === 'root' ? MAY_ALL : granted;
    if (isOfHere && ownArn !== undefined) principals.add(ownArn, statements);
    return add(administratorArn, {
      label: administratorArn,
      credentials: kind === 'session' ? sessionCredentials() : userCredentials(),
      statements: isOfHere ? statements : [],
    });
  }

  function requireRole(roleArn: string): Identity {
    const identity = byRole.get(roleArn);
    if (!identity) throw new Error(`there is no role ${roleArn}`);
    return identity;
  }

  return {
    account,
    administrator: addAdministrator().credentials,
    addRole({ arn, label, statements }) {
      const roleName = arn.slice(arn.lastIndexOf('/') + 1);
      const sessionArn = `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${label ?? roleName}`;
      const onAllowed = book.add(arn, statements);
      const credentials = sessionCredentials();
      const identity = add(sessionArn, { label: label ?? sessionArn, credentials, statements, onAllowed });
      if (!byRole.has(arn)) byRole.set(arn, identity);
      principals.add(arn, statements);
      return identity.credentials;
    },
    credentialsFor: (roleArn) => requireRole(roleArn).credentials,
    callerFor: (roleArn) => requireRole(roleArn).caller,
    findPrincipal: principals.find,
    findRole: principals.findRole,
    grants: book.grants,
    find: (accessKeyId) => byAccessKey.get(accessKeyId),
  };
}

interface NewIdentity extends Pick<Identity, 'label' | 'credentials'> {
  readonly statements: readonly PolicyStatement[];
  readonly onAllowed?: (permission: Permission) => void;
}

function usualAdministrator({ id, partition }: Account): Administrator {
  return { arn: `arn:${partition}:iam::${id}:user/administrator` };
}

function userCredentials(): Credentials {
  return { accessKeyId: newAccessKeyId('AKIA'), secretAccessKey: randomBytes(30).toString('base64') };
}

function sessionCredentials(): Credentials {
  return {
    accessKeyId: newAccessKeyId('ASIA'),
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(TOKEN_BYTES).toString('base64'),
  };
}

function newAccessKeyId(prefix: 'AKIA' | 'ASIA'): string {
  return prefix + [...randomBytes(16)].map((byte) => BASE32[byte % BASE32.length]).join('');
}
