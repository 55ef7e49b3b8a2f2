import type { Decision, Permission } from '../service.ts';
import { type Condition, compileConditions, parseCondition } from './policy-conditions.ts';
import { patternMatcher, resourceMatcher, type TextTest } from './policy-pattern.ts';

/** One statement of an identity-based policy, spelled as AWS spells it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Condition;
}

export type PolicyEvaluator = (permission: Permission) => Decision;

/**
 * IAM's decision on one permission: an explicit deny wins; otherwise one statement that allows it is
 * enough; otherwise it is denied.
 *
 * Actions match in any case, resources only in the same case; `*` and `?` are wildcards in both. Policy variables
 * are replaced whatever version the policy has. A role's permissions boundary is asked by `createCallers`. Not done:
 * resource-based policies, service control policies.
 *
 * Throws an Error that names an unknown condition operator as soon as the policy is read.
 *
 * Source: AWS Identity and Access Management User Guide, "Policy evaluation logic".
 */
export function policyEvaluator(statements: readonly PolicyStatement[]): PolicyEvaluator {
  const compiled = statements.map(compileStatement);
  return (permission) => {
    const effects = compiled.filter(({ applies }) => applies(permission)).map(({ effect }) => effect);
    if (effects.includes('Deny')) return 'explicitly-denied';
    return effects.includes('Allow') ? 'allowed' : 'no-statement-allows';
  };
}

function compileStatement(statement: PolicyStatement) {
  const action = oneOf(statement, 'Action', (pattern) => patternMatcher(pattern.toLowerCase()));
  const resource = oneOf(statement, 'Resource', resourceMatcher);
  const conditions = compileConditions(statement.Condition ?? {});
  return {
    effect: statement.Effect,
    applies: (permission: Permission) =>
      action(permission.action.toLowerCase()) &&
      resource(permission.resource, permission.context) &&
      conditions(permission.context ?? {}),
  };
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of the two must be there. */
function oneOf(
  statement: PolicyStatement,
  element: 'Action' | 'Resource',
  matcher: (pattern: string) => TextTest,
): TextTest {
  const wanted = statement[element];
  const excluded = statement[`Not${element}`];
  if ((wanted === undefined) === (excluded === undefined)) {
    throw new Error(`a statement needs either ${element} or Not${element}: ${JSON.stringify(statement)}`);
  }
  const matchers = [wanted ?? excluded ?? []].flat().map(matcher);
  const matchesAny: TextTest = (...asked) => matchers.some((matches) => matches(...asked));
  return wanted === undefined ? (...asked) => !matchesAny(...asked) : matchesAny;
}

/**
 * The statements of a policy document in a template whose references have been resolved. Throws an
 * Error that says what is wrong with it.
 */
export function parsePolicyDocument(document: unknown): readonly PolicyStatement[] {
  if (!isRecord(document)) throw new Error(`not a policy document: ${JSON.stringify(document)}`);
  return [document['Statement'] ?? []].flat().map(parseStatement);
}

function parseStatement(value: unknown): PolicyStatement {
  if (!isRecord(value)) throw new Error(`not a policy statement: ${JSON.stringify(value)}`);
  const { Effect, Condition: condition } = value;
  if (Effect !== 'Allow' && Effect !== 'Deny')
    throw new Error(`Effect must be Allow or Deny: ${JSON.stringify(Effect)}`);
  return {
    Effect,
    ...strings(value, 'Action'),
    ...strings(value, 'NotAction'),
    ...strings(value, 'Resource'),
    ...strings(value, 'NotResource'),
    ...(condition !== undefined && { Condition: parseCondition(condition) }),
  };
}

function strings(statement: Readonly<Record<string, unknown>>, element: string): Record<string, string[]> {
  if (statement[element] === undefined) return {};
  const values = [statement[element]].flat();
  if (values.every((value) => typeof value === 'string')) return { [element]: values };
  throw new Error(`${element} must be text, every reference resolved: ${JSON.stringify(statement[element])}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
