import { branchesOf } from './actions.ts';
import { type ActionRule, ERROR_TYPES, type ErrorBranches, type Results } from './action-rule.ts';
import type { FlowAction, FlowTransitions } from './document.ts';
import { type PublishProblem, unknown } from './publish-problem.ts';

/**
 * What the service refuses about where an action goes on, in its words, and what is not known of it. `at` is the
 * action's place in the flow, `exists` knows the identifiers in it.
 */
export function transitionProblems(
  { Parameters: parameters, Transitions: transitions }: FlowAction,
  rule: ActionRule,
  { at, exists }: { readonly at: string; readonly exists: (identifier: string) => boolean },
): readonly PublishProblem[] {
  const { NextAction: next, Errors: branches = [], Conditions: conditions = [] } = transitions;
  if (rule.next === 'none') {
    const isAny = next !== undefined || branches.length > 0 || conditions.length > 0;
    return isAny ? [{ message: `Action does not support transitions. Path: ${at}` }] : [];
  }
  const { errors, results } = branchesOf(rule, parameters);
  const missing = rule.next === 'required' && next === undefined;
  const refused = [
    ...(missing ? [`Action is missing required property. Path: ${at}.Transitions.NextAction`] : []),
    ...targetsNowhere(transitions, exists).map(
      (path) => `Invalid Action property value. Path: ${at}.Transitions.${path}`,
    ),
    ...errorProblems(branches, errors, at),
    ...conditionProblems(conditions, results, `${at}.Transitions.Conditions`),
  ];
  return [
    ...refused.map((message) => ({ message })),
    ...branches
      .filter(({ ErrorType: type }) => !isErrorType(type))
      .map(({ ErrorType: type }) =>
        unknown(`${at} has a branch for ${type}, an error that is not known here`),
      ),
  ];
}

function targetsNowhere(transitions: FlowTransitions, exists: (identifier: string) => boolean): string[] {
  const { NextAction: next, Errors: errors = [], Conditions: conditions = [] } = transitions;
  const targets = [
    ...(next === undefined ? [] : [['NextAction', next] as const]),
    ...conditions.map(({ NextAction }, index) => [`Conditions[${index}].NextAction`, NextAction] as const),
    ...errors.map(({ NextAction }, index) => [`Errors[${index}].NextAction`, NextAction] as const),
  ];
  return targets.filter(([, target]) => !exists(target)).map(([path]) => path);
}

function errorProblems(
  branches: readonly { readonly ErrorType: string }[],
  { required, optional }: ErrorBranches,
  at: string,
): string[] {
  const types = branches.map(({ ErrorType: type }) => type);
  const isAllowed = (type: string) => [...required, ...optional].some((allowed) => allowed === type);
  const isFirst = (type: string, index: number) => types.indexOf(type) === index;
  return [
    ...required
      .filter((type) => !types.includes(type))
      .map((type) => `Action is missing required error. Error: ${type}, Path: ${at}`),
    ...types
      .filter((type, index) => (isErrorType(type) && !isAllowed(type)) || !isFirst(type, index))
      .map((type) => `Invalid Action error. Error: ${type}, Path: ${at}`),
  ];
}

function isErrorType(type: string): boolean {
  return ERROR_TYPES.some((known) => known === type);
}

type Conditions = NonNullable<FlowTransitions['Conditions']>;

function conditionProblems(conditions: Conditions, results: Results | undefined, at: string): string[] {
  if (!results) return conditions.length > 0 ? [`Invalid Action property name. Path: ${at}`] : [];
  const { operators, values, needed } = results;
  const operands = conditions.map(({ Condition: { Operands } }) => Operands);
  const missing =
    needed === 'all'
      ? values?.some((value) => !operands.some(([operand]) => operand === value))
      : needed === 'one' && conditions.length === 0;
  return [
    ...(missing ? [`Action is missing required property. Path: ${at}`] : []),
    ...conditions.flatMap(({ Condition: { Operator: operator, Operands: operand } }, index) => [
      ...(operators.some((allowed) => allowed === operator)
        ? []
        : [`Invalid Action property value. Path: ${at}[${index}].Condition.Operator`]),
      ...(operand.length === 1 && (!values || operand.every((value) => values.includes(value)))
        ? []
        : [`Invalid Action property value. Path: ${at}[${index}].Condition.Operands`]),
    ]),
  ];
}
