import type { Account } from '../../account.ts';
import { policyEvaluator } from '../../gateway/policy.ts';
import { withContext } from '../../gateway/principals.ts';
import type { Caller, Permission } from '../../service.ts';
import type { KeyPolicyStatement } from '../../world/account-state.ts';
import type { Key } from './key.ts';

export type KeyAction = 'Decrypt' | 'GenerateDataKey' | 'Encrypt';

/** What a service asks of a key, for one thing that is encrypted with it. */
interface KeyUse {
  /** An id, an ARN, or the name or the ARN of an alias. */
  readonly keyId: string;
  readonly actions: readonly KeyAction[];
  /** The service that asks: `s3`. */
  readonly via: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

/** A service that asks in its own name, as EventBridge does when it puts an event into a queue. */
export interface ServiceUser {
  /** `events.amazonaws.com` */
  readonly servicePrincipal: string;
  /** What it acts for. */
  readonly sourceArn?: string;
}

interface KeyRefusal {
  readonly kind: 'denied' | 'not-found' | 'disabled' | 'pending-deletion';
  /** In the words of KMS. */
  readonly message: string;
}

/** The keys of an account, for the services that encrypt with them. */
export interface KeyRing {
  /** Undefined: the key can be used so. */
  readonly refusalOf: (use: KeyUse, user: Caller | ServiceUser) => KeyRefusal | undefined;
  /** The ARN of a key that is named in any way. One that is not there keeps its name. */
  readonly arnOf: (keyId: string) => string;
}

/**
 * Whether a key may be used, by its state, its policy, and the policies of who asks. A statement that names a role
 * allows by itself; one that names the account leaves it to IAM. For a key of another account both have to allow.
 *
 * Not done: grants, NotPrincipal, the limits on requests.
 *
 * Source: KMS developer guide, "Key policies", "Policy evaluation"; each service's page on how it uses KMS.
 */
export function createKeyRing(account: Account, keys: readonly Key[]): KeyRing {
  const prefix = `arn:${account.partition}:kms:${account.region}:${account.id}:`;
  const find = (keyId: string) =>
    keys.find(
      ({ id, arn, aliases }) =>
        id === keyId ||
        arn === keyId ||
        aliases.some((alias) => alias === keyId || `${prefix}${alias}` === keyId),
    );
  return {
    arnOf: (keyId) => find(keyId)?.arn ?? keyId,
    refusalOf(use, user) {
      const key = find(use.keyId);
      const shown = use.keyId.startsWith('arn:') ? use.keyId : `${prefix}key/${use.keyId}`;
      if (!key) return { kind: 'not-found', message: `Key '${shown}' does not exist` };
      const denied = use.actions
        .map((action) => asked(action, use, { key, account }))
        .map((permission) => denialOf(permission, key, user, account))
        .find((message) => message !== undefined);
      if (denied !== undefined) return { kind: 'denied', message: denied };
      if (key.state === 'Disabled') return { kind: 'disabled', message: `${key.arn} is disabled.` };
      if (key.state === 'Enabled') return undefined;
      return { kind: 'pending-deletion', message: `${key.arn} is pending deletion.` };
    },
  };
}

function asked(
  action: KeyAction,
  { via, encryptionContext }: KeyUse,
  { key, account: { region, id } }: { key: Key; account: Account },
): Permission {
  return {
    action: `kms:${action}`,
    resource: key.arn,
    context: {
      'kms:ViaService': `${via}.${region}.amazonaws.com`,
      'kms:CallerAccount': id,
      'kms:EncryptionContextKeys': Object.keys(encryptionContext),
      ...Object.fromEntries(
        Object.entries(encryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
      ),
    },
  };
}

/** Why not, in IAM's words. */
function denialOf(
  permission: Permission,
  key: Key,
  user: Caller | ServiceUser,
  account: Account,
): string | undefined {
  const { action, resource } = permission;
  const isService = 'servicePrincipal' in user;
  const who = isService ? user.servicePrincipal : user.arn;
  const because = isService
    ? denialOfService(permission, key, user, account)
    : denialOfCaller(permission, key, user, account);
  return (
    because && `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${because}`
  );
}

const none = (kind: string, { action }: Permission) =>
  `because no ${kind} policy allows the ${action} action`;
const DENIED_BY_KEY = 'with an explicit deny in a resource-based policy';

/** A service that acts for itself does not come through another one, and has no IAM policies. */
function denialOfService(
  { context, ...permission }: Permission,
  { policy }: Key,
  { servicePrincipal, sourceArn }: ServiceUser,
  account: Account,
): string | undefined {
  const { 'kms:ViaService': _via, 'kms:CallerAccount': _caller, ...known } = context ?? {};
  const asking = {
    ...permission,
    context: {
      ...known,
      'aws:PrincipalIsAWSService': 'true',
      'aws:SourceAccount': account.id,
      ...(sourceArn !== undefined && { 'aws:SourceArn': sourceArn }),
    },
  };
  const decision = decisionOf(policy, ({ Service }) => named(Service).includes(servicePrincipal))(asking);
  if (decision === 'allowed') return undefined;
  return decision === 'explicitly-denied' ? DENIED_BY_KEY : none('resource-based', permission);
}

function denialOfCaller(
  permission: Permission,
  { arn, policy }: Key,
  caller: Caller,
  account: Account,
): string | undefined {
  const { principalArn = caller.arn } = caller;
  const asking = withContext(permission, account, principalArn);
  const root = `arn:${account.partition}:iam::${caller.accountId}:root`;
  const direct = decisionOf(policy, ({ AWS }) =>
    named(AWS).some((one) => ['*', principalArn, caller.arn].includes(one)),
  )(asking);
  const toAccount = decisionOf(policy, ({ AWS }) =>
    named(AWS).some((one) => [root, caller.accountId].includes(one)),
  )(asking);
  if ([direct, toAccount].includes('explicitly-denied')) return DENIED_BY_KEY;
  const own =
    caller.decide?.(permission) ?? (caller.isAllowed(permission) ? 'allowed' : 'no-statement-allows');
  if (own === 'explicitly-denied') return 'with an explicit deny in an identity-based policy';
  if (own === 'beyond-boundary') return none('permissions boundary', permission).replace(' policy', '');
  const isForeign = arn.split(':')[4] !== caller.accountId;
  if (direct === 'allowed' && !isForeign) return undefined;
  if (direct !== 'allowed' && toAccount !== 'allowed') return none('resource-based', permission);
  return own === 'allowed' ? undefined : none('identity-based', permission);
}

type Principals = Readonly<Record<string, string | readonly string[]>>;

/** What the statements for a principal say. */
function decisionOf(policy: readonly KeyPolicyStatement[], isMeant: (principals: Principals) => boolean) {
  return policyEvaluator(
    policy
      .filter(({ Principal }) => isMeant(Principal === '*' ? { AWS: '*' } : Principal))
      .map(({ Principal: _principal, ...statement }) => statement),
  );
}

function named(names: string | readonly string[] = []): readonly string[] {
  return [names].flat();
}
