import type { Account } from '../account.ts';
import { LAPTOP_ACCOUNT } from '../sample-account.ts';
import type { Administrator } from '../world/account-state.ts';
import {
  createCallers,
  type Credentials,
  type Identity,
  sessionCredentials,
  userCredentials,
} from './callers.ts';
import { createGrantBook, type Grant } from './grants.ts';
import { principalOf } from './principal-arn.ts';
import { createPrincipals, MAY_ALL, type Principals } from './principals.ts';
import { createRoles, type Roles } from './roles.ts';

export interface Identities extends Roles {
  /** The account of the identities, and of everything that they call. */
  readonly account: Account;
  /** Who sets up the account: an IAM user who is allowed everything, or the one that the world names. */
  readonly administrator: Credentials;
  readonly findPrincipal: Principals['find'];
  readonly findRole: Principals['findRole'];
  readonly roles: Principals['roles'];
  /** What every role is allowed, and what of it was used. */
  readonly grants: () => readonly Grant[];
  readonly find: (accessKeyId: string) => Identity | undefined;
}

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
  const { id: accountId } = account;
  const callers = createCallers(account, denied);
  const principals = createPrincipals(account, denied);
  const book = createGrantBook();

  function addAdministrator(): Identity {
    const { accountId: home, kind, ownArn } = principalOf(administratorArn);
    const isOfHere = home === accountId;
    const statements = kind === 'root' ? MAY_ALL : granted;
    if (isOfHere && ownArn !== undefined) principals.add(ownArn, statements);
    return callers.add(administratorArn, {
      label: administratorArn,
      principalArn: ownArn ?? administratorArn,
      credentials: kind === 'session' ? sessionCredentials() : userCredentials(),
      policies: callers.policiesOf(isOfHere ? statements : []),
    });
  }

  return {
    account,
    administrator: addAdministrator().credentials,
    ...createRoles(account, { callers, principals, book }),
    findPrincipal: principals.find,
    findRole: principals.findRole,
    roles: principals.roles,
    grants: book.grants,
    find: callers.find,
  };
}

function usualAdministrator({ id, partition }: Account): Administrator {
  return { arn: `arn:${partition}:iam::${id}:user/administrator` };
}
