import { listIn } from '../../gateway/query-protocol.ts';
import type { Decision, Permission } from '../../service.ts';
import { contextIn, pageOf } from './input.ts';

const DECISIONS: Readonly<Record<Decision, string>> = {
  allowed: 'allowed',
  'explicitly-denied': 'explicitDeny',
  'no-statement-allows': 'implicitDeny',
  'beyond-boundary': 'implicitDeny',
};

interface Judge {
  readonly decide: (permission: Permission) => Decision;
  /** Absent: the account is in no organization, or it is not asked. */
  readonly isAllowedByOrganization?: (permission: Permission) => boolean;
}

/** Every action on every resource of a call, in pages. Which statements matched is not told. */
export function simulation(input: URLSearchParams, { decide, isAllowedByOrganization }: Judge, of: string) {
  const given = listIn(input, 'ResourceArns');
  const resources = given.length > 0 ? given : ['*'];
  const context = contextIn(input);
  const results = listIn(input, 'ActionNames').flatMap((action) =>
    resources.map((resource) => {
      const permission = { action, resource, context };
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: DECISIONS[decide(permission)],
        MatchedStatements: '',
        MissingContextValues: '',
        ...(isAllowedByOrganization && {
          OrganizationsDecisionDetail: {
            AllowedByOrganizations: String(isAllowedByOrganization(permission)),
          },
        }),
      };
    }),
  );
  const { items, rest } = pageOf(results, input, of);
  return { EvaluationResults: { member: items }, ...rest };
}
