import type { Permission } from '../service.ts';
import { policyEvaluator, type PolicyStatement } from './policy.ts';

/** One action that a role is allowed on one resource. */
export interface Grant {
  readonly roleArn: string;
  readonly action: string;
  /** As the policy writes it, with wildcards. */
  readonly resource: string;
  /** Whether it has allowed a call yet, or was checked when the stack was deployed. */
  readonly isUsed: boolean;
}

export interface GrantBook {
  /** Returns a function to call with each permission that the role was allowed. */
  readonly add: (roleArn: string, statements: readonly PolicyStatement[]) => (used: Permission) => void;
  /** As `add`, in place of what the role was allowed before; nothing of it counts as used. */
  readonly replace: GrantBook['add'];
  readonly remove: (roleArn: string) => void;
  readonly grants: () => readonly Grant[];
}

/** What roles are allowed, action by action, and what of it they use. */
export function createGrantBook(): GrantBook {
  const byRole = new Map<string, { readonly grants: readonly OpenGrant[]; unused: readonly OpenGrant[] }>();
  function add(roleArn: string, statements: readonly PolicyStatement[]): (used: Permission) => void {
    const known = byRole.get(roleArn);
    const grants = known?.grants ?? statements.flatMap((statement) => grantsIn(roleArn, statement));
    const book = known ?? { grants, unused: grants };
    byRole.set(roleArn, book);
    return (used) => {
      const before = book.unused;
      for (const grant of before) grant.isUsed = grant.allows(used);
      book.unused = before.filter(({ isUsed }) => !isUsed);
    };
  }

  return {
    add,
    replace(roleArn, statements) {
      byRole.delete(roleArn);
      return add(roleArn, statements);
    },
    remove: (roleArn) => void byRole.delete(roleArn),
    grants: () =>
      [...byRole.values()].flatMap(({ grants }) => grants.map(({ allows: _allows, ...grant }) => grant)),
  };
}

interface OpenGrant extends Grant {
  isUsed: boolean;
  readonly allows: (used: Permission) => boolean;
}

function grantsIn(roleArn: string, statement: PolicyStatement): readonly OpenGrant[] {
  const { Effect, Action, Resource } = statement;
  if (Effect !== 'Allow' || Action === undefined || Resource === undefined) return [];
  return [Action].flat().flatMap((action) =>
    [Resource].flat().map((resource) => {
      const decide = policyEvaluator([{ ...statement, Action: action, Resource: resource }]);
      const allows = (used: Permission) => decide(used) === 'allowed';
      return { roleArn, action, resource, isUsed: false, allows };
    }),
  );
}
