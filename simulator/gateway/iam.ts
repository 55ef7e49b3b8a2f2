import { randomBytes } from 'node:crypto';
import type { Account } from '../account.ts';
import { LAPTOP_ACCOUNT } from '../sample-account.ts';
import type { Caller, Permission } from '../service.ts';
import { createGrantBook, type Grant } from './grants.ts';
import { type Decision, policyEvaluator, type PolicyStatement } from './policy.ts';

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
  /** The X-Ray trace header of the caller, and of everything it calls. */
  readonly account: Account;
  /** An IAM user who is allowed everything. */
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
  /** Whether the role's first session is allowed something. Throws an Error if there is no such role. */
  readonly credentialsFor: (roleArn: string) => Credentials;
  /**
   * For services that act with a role, as an event source mapping does. Throws an Error if there is no
   * such role.
   */
  readonly callerFor: (roleArn: string) => Caller;
  /** What every role is allowed, and what of it was used. */
  readonly grants: () => readonly Grant[];
  readonly find: (accessKeyId: string) => Identity | undefined;
}

/** A real session token is about this long, and so are presigned URLs that carry it. */
const TOKEN_BYTES = 768;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MAY_ALL: readonly PolicyStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/**
 * Who is allowed to call the simulator: an administrator from the start, and a session for every role
 * that is added.
 */
export function createIdentities(account: Account = LAPTOP_ACCOUNT): Identities {
  const { id: accountId, region, partition } = account;
  const byAccessKey = new Map<string, Identity>();
  const byRole = new Map<string, Identity>();
  const book = createGrantBook();

  function add(
    arn: string,
    label: string,
    credentials: Credentials,
    statements: readonly PolicyStatement[],
    onAllowed: (permission: Permission) => void = () => {},
  ) {
    const evaluate = policyEvaluator(statements);
    const known = {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': accountId,
      'aws:ResourceAccount': accountId,
      'aws:RequestedRegion': region,
      // Loopback stands for the TLS connection that the same call has in the cloud.
      'aws:SecureTransport': 'true',
    };
    const decide = ({ context, ...rest }: Permission) => {
      const permission = { ...rest, context: { ...known, ...context } };
      const decision = evaluate(permission);
      if (decision === 'allowed') onAllowed(permission);
      return decision;
    };
    const caller = {
      accountId,
      arn,
      isAllowed: (permission: Permission) => decide(permission) === 'allowed',
    };
    const identity = { credentials, caller, label, decide };
    byAccessKey.set(credentials.accessKeyId, identity);
    return identity;
  }

  function requireRole(roleArn: string): Identity {
    const identity = byRole.get(roleArn);
    if (!identity) throw new Error(`there is no role ${roleArn}`);
    return identity;
  }

  const administratorArn = `arn:${partition}:iam::${accountId}:user/administrator`;
  const administrator = add(administratorArn, administratorArn, userCredentials(), MAY_ALL).credentials;

  return {
    account,
    administrator,
    addRole({ arn, label, statements }) {
      const roleName = arn.slice(arn.lastIndexOf('/') + 1);
      const sessionArn = `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${label ?? roleName}`;
      const onAllowed = book.add(arn, statements);
      const identity = add(sessionArn, label ?? sessionArn, sessionCredentials(), statements, onAllowed);
      if (!byRole.has(arn)) byRole.set(arn, identity);
      return identity.credentials;
    },
    credentialsFor: (roleArn) => requireRole(roleArn).credentials,
    callerFor: (roleArn) => requireRole(roleArn).caller,
    grants: book.grants,
    find: (accessKeyId) => byAccessKey.get(accessKeyId),
  };
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
