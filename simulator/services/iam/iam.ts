import type { Clock } from '../../clock.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import type { Identities } from '../../gateway/iam.ts';
import type { Service } from '../../service.ts';
import { iamOperations } from './operations.ts';
import type { AccountPolicy } from '../../world/account-state.ts';
import { createPolicyBook, type PolicyBook } from './policy-book.ts';
import { createRoleBook, type RoleBook } from './role-book.ts';

export interface SimulatedIam {
  readonly service: Service;
  /** What is said of a role, beside what it may do. */
  readonly describeRole: RoleBook['put'];
  readonly forgetRole: RoleBook['remove'];
  readonly findPolicy: PolicyBook['find'];
}

/**
 * AWS Identity and Access Management: the roles of stacks with their policies, and what somebody may do.
 *
 * Not simulated: everything that makes or changes users and roles; a policy can be made, but not attached or changed.
 * A stack's roles are made when it is deployed.
 */
export function createIam({
  clock,
  identities,
  policies: fromTheStart = [],
}: {
  clock: Clock;
  identities: Identities;
  /** Managed policies of the account. */
  policies?: readonly AccountPolicy[];
}): SimulatedIam {
  const policies = createPolicyBook(identities.account, fromTheStart);
  const roles = createRoleBook(identities);
  return {
    describeRole: roles.put,
    forgetRole: roles.remove,
    findPolicy: policies.find,
    service: queryService({
      name: 'iam',
      version: '2010-05-08',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      operations: iamOperations({
        clock,
        identities,
        roles,
        policies,
      }),
    }),
  };
}
