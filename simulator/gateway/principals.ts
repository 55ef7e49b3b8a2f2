import type { Account } from '../account.ts';
import type { Decision, Permission } from '../service.ts';
import { policyEvaluator, type PolicyStatement } from './policy.ts';

export const MAY_ALL: readonly PolicyStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/** A user or a role, and what its policies say. */
export interface Principal {
  /** `arn:aws:iam::111122223333:role/<path><name>`, never that of a session. */
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
  /** Nothing that is asked here counts as used. */
  readonly decide: (permission: Permission) => Decision;
  /** What the account's organization says of it. Absent: the account is in none. */
  readonly isAllowedByOrganization?: (permission: Permission) => boolean;
}

/** The users and roles of an account, for questions about them. */
export interface Principals {
  readonly add: (arn: string, statements: readonly PolicyStatement[]) => void;
  readonly remove: (arn: string) => void;
  /** A user or role by its ARN. Undefined: there is none. */
  readonly find: (arn: string) => Principal | undefined;
  /** A role by its name, without its path. Undefined: there is none. */
  readonly findRole: (roleName: string) => Principal | undefined;
  readonly roles: () => readonly Principal[];
}

/** `denied`: what the account's organization denies everybody. Absent: the account is in none. */
export function createPrincipals(account: Account, denied?: readonly PolicyStatement[]): Principals {
  const byArn = new Map<string, Principal>();
  return {
    add(arn, statements) {
      const evaluate = policyEvaluator([...statements, ...(denied ?? [])]);
      const organization = denied && policyEvaluator([...MAY_ALL, ...denied]);
      byArn.set(arn, {
        arn,
        statements,
        decide: (asked) => evaluate(withContext(asked, account, arn)),
        ...(organization && {
          isAllowedByOrganization: (asked) => organization(withContext(asked, account, arn)) === 'allowed',
        }),
      });
    },
    remove: (arn) => void byArn.delete(arn),
    find: (arn) => byArn.get(arn),
    roles: () => [...byArn.values()].filter(({ arn }) => arn.includes(':role/')),
    findRole: (name) => [...byArn.values()].find(({ arn }) => isRoleCalled(arn, name)),
  };
}

function isRoleCalled(arn: string, name: string): boolean {
  return arn.includes(':role/') && arn.endsWith(`/${name}`);
}

/** What is known of every request, beside what it says itself. */
export function withContext(
  { context, ...rest }: Permission,
  { id, region }: Account,
  arn: string,
): Permission {
  const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  return {
    ...rest,
    context: {
      'aws:PrincipalArn': arn,
      ...(userName !== undefined && { 'aws:username': userName }),
      'aws:PrincipalAccount': id,
      'aws:ResourceAccount': id,
      's3:ResourceAccount': id,
      'aws:RequestedRegion': region,
      // Loopback stands for the TLS connection that the same call has in the cloud.
      'aws:SecureTransport': 'true',
      ...context,
    },
  };
}
