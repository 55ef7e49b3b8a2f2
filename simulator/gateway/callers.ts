import { randomBytes } from 'node:crypto';
import type { Account } from '../account.ts';
import type { Caller, Decision, Permission } from '../service.ts';
import { type PolicyEvaluator, policyEvaluator, type PolicyStatement } from './policy.ts';
import { principalOf } from './principal-arn.ts';
import { withContext } from './principals.ts';

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
  /** When the credentials are of no use any more. Absent: never. */
  readonly expiresAtMs?: number;
}

/** Of one user or session. They can be replaced. */
export interface Policies {
  evaluate: PolicyEvaluator;
}

export interface SessionOptions {
  /** Absent: the session's ARN. */
  readonly label?: string;
  readonly expiresAtMs?: number;
}

interface NewIdentity extends SessionOptions {
  /** `aws:PrincipalArn`: of a role's session it is the role's. */
  readonly principalArn: string;
  readonly credentials: Credentials;
  readonly policies: Policies;
  readonly onAllowed?: (permission: Permission) => void;
}

/** A real session token is about this long, and lengthens the presigned URLs that carry it. */
const TOKEN_BYTES = 768;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Everybody who has credentials. */
export interface Callers {
  readonly policiesOf: (statements: readonly PolicyStatement[]) => Policies;
  /** `arn`: the caller's own, which for a role is that of its session. */
  readonly add: (arn: string, identity: NewIdentity) => Identity;
  readonly remove: (identity: Identity) => void;
  /** The most that the policies of a role can allow it. Undefined: whatever they say. */
  readonly setBoundary: (roleArn: string, statements: readonly PolicyStatement[] | undefined) => void;
  readonly find: (accessKeyId: string) => Identity | undefined;
}

/** `denied`: what the account's organization denies everybody. */
export function createCallers(account: Account, denied: readonly PolicyStatement[] = []): Callers {
  const byAccessKey = new Map<string, Identity>();
  const boundaries = new Map<string, PolicyEvaluator>();

  function add(
    arn: string,
    { label, principalArn, credentials, policies, expiresAtMs, onAllowed = () => {} }: NewIdentity,
  ): Identity {
    const decide = (asked: Permission) => {
      const permission = withContext(asked, account, principalArn);
      const decision = within(boundaries.get(principalArn), policies.evaluate(permission), permission);
      if (decision === 'allowed') onAllowed(permission);
      return decision;
    };
    const caller = {
      accountId: principalOf(arn).accountId,
      arn,
      principalArn,
      decide,
      isAllowed: (permission: Permission) => decide(permission) === 'allowed',
    };
    const identity = {
      credentials,
      caller,
      label: label ?? arn,
      decide,
      ...(expiresAtMs !== undefined && { expiresAtMs }),
    };
    byAccessKey.set(credentials.accessKeyId, identity);
    return identity;
  }

  return {
    policiesOf: (statements) => ({ evaluate: policyEvaluator([...statements, ...denied]) }),
    add,
    setBoundary(roleArn, statements) {
      if (statements) boundaries.set(roleArn, policyEvaluator(statements));
      else boundaries.delete(roleArn);
    },
    remove: ({ credentials }) => void byAccessKey.delete(credentials.accessKeyId),
    find: (accessKeyId) => byAccessKey.get(accessKeyId),
  };
}

/** A boundary allows nothing by itself. Source: IAM User Guide, "Permissions boundaries for IAM entities". */
function within(boundary: PolicyEvaluator | undefined, decision: Decision, permission: Permission): Decision {
  if (decision !== 'allowed' || !boundary || boundary(permission) === 'allowed') return decision;
  return 'beyond-boundary';
}

export function userCredentials(): Credentials {
  return { accessKeyId: newAccessKeyId('AKIA'), secretAccessKey: randomBytes(30).toString('base64') };
}

export function sessionCredentials(): Credentials {
  return {
    accessKeyId: newAccessKeyId('ASIA'),
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(TOKEN_BYTES).toString('base64'),
  };
}

function newAccessKeyId(prefix: 'AKIA' | 'ASIA'): string {
  return prefix + [...randomBytes(16)].map((byte) => BASE32[byte % BASE32.length]).join('');
}
