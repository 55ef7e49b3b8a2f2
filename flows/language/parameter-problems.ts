import { z } from 'zod';
import type { ActionRule } from './action-rule.ts';
import { hasKnownRoot, jsonPathsIn } from './json-path.ts';
import { isFilledInLater, placeholderIn } from './placeholders.ts';
import { type PublishProblem, unknown } from './publish-problem.ts';
import { textsIn } from './texts-in.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;
type Parameters = Readonly<Record<string, unknown>>;

/** A resource's id, or its ARN. */
const RESOURCE_ID = /^arn:|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::.+)?$/i;
const ID_PARAMETERS = ['AgentId', 'ContactFlowId', 'FlowModuleId', 'HoursOfOperationId', 'QueueId'];

/**
 * What the service refuses about an action's parameters, in its words, and what is not known of them. `at` is where
 * they are in the flow.
 */
export function parameterProblems(
  rule: ActionRule,
  parameters: Parameters,
  at: string,
): readonly PublishProblem[] {
  const { onlyOneOf = [], atLeastOneOf } = rule;
  const defined = onlyOneOf.filter((name) => name in parameters);
  if (defined.length > 1) {
    return [{ message: `Only one of these properties may be defined. Properties: [${defined.join(', ')}]` }];
  }
  if (atLeastOneOf && !atLeastOneOf.some((name) => name in parameters)) {
    return [{ message: `At least one of [${atLeastOneOf.join(', ')}] must be set` }];
  }
  const issues = rule.parameters.safeParse(parameters).error?.issues ?? [];
  const problems = [
    ...issues.flatMap((issue) => problemsOf(issue, [], { rule, parameters, at })),
    ...rootProblems(parameters, at),
    ...idProblems(parameters),
    ...placeholderProblems(parameters),
  ];
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

interface Place {
  readonly rule: ActionRule;
  readonly parameters: Parameters;
  readonly at: string;
}

function problemsOf(issue: Issue, above: Path, place: Place): readonly PublishProblem[] {
  const { parameters, at } = place;
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const options = issue.errors.map((errors) => errors.flatMap((error) => problemsOf(error, path, place)));
    return options.toSorted((a, b) => weight(a) - weight(b))[0] ?? [wrongValue(at, path)];
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownName([...path, key], place));
  }
  if (issue.code === 'invalid_key') return [wrongName(at, path)];
  const value = valueAt(parameters, path);
  if (value === undefined) {
    return [{ message: `Action is missing required property. Path: ${at}${written(path)}` }];
  }
  // Whatever a tool fills in may fit.
  if (typeof value === 'string' && isFilledInLater(value)) return [];
  if (value === '' && isIdParameter(path)) return [];
  return [wrongValue(at, path)];
}

/** How far an option is from what was meant: what is missing is nearer than what does not fit. */
function weight(problems: readonly PublishProblem[]): number {
  return problems.reduce((sum, { message }) => sum + (/ is missing /.test(message) ? 1 : 2), 0);
}

function unknownName(path: Path, { rule, parameters, at }: Place): PublishProblem {
  const [name, ...below] = path;
  // A prompt that excludes the one given, and what is known to be refused.
  const known = [...(rule.onlyOneOf ?? []), ...(rule.refused ?? [])];
  if (below.length === 0 && known.some((other) => other === name)) return wrongName(at, path);
  const value = valueAt(parameters, path);
  const shown = typeof value === 'object' ? '' : ` (${JSON.stringify(value)})`;
  return unknown(`${at}${written(path)}${shown} is no parameter that is known here`);
}

function rootProblems(parameters: Parameters, at: string): readonly PublishProblem[] {
  return textsIn(parameters).flatMap(({ text, path }) =>
    jsonPathsIn(text)
      .filter((one) => !hasKnownRoot(one))
      .map((one) => unknown(`${at}${written(path)} has ${one.text} in it, a path that is not known here`)),
  );
}

/** Its own problem says more. */
function isIdParameter([name, ...below]: Path): boolean {
  return below.length === 0 && ID_PARAMETERS.some((known) => known === name);
}

function idProblems(parameters: Parameters): readonly PublishProblem[] {
  return ID_PARAMETERS.flatMap((name) => {
    const id = parameters[name];
    const isRight =
      typeof id !== 'string' || jsonPathsIn(id).length > 0 || RESOURCE_ID.test(id) || isFilledInLater(id);
    return isRight
      ? []
      : [{ message: 'Not a supported id format', detail: `${name} is ${JSON.stringify(id)}.` }];
  });
}

function placeholderProblems(parameters: Parameters): readonly PublishProblem[] {
  return textsIn(parameters).flatMap(({ text, path }) => {
    const placeholder = placeholderIn(text);
    if (placeholder === undefined) return [];
    const name = written(path).slice(1);
    return [
      { message: `${name} is ${placeholder}, which another tool fills in`, doubt: 'placeholder' as const },
    ];
  });
}

function wrongValue(at: string, path: Path): PublishProblem {
  return { message: `Invalid Action property value. Path: ${at}${written(path)}` };
}

function wrongName(at: string, path: Path): PublishProblem {
  return { message: `Invalid Action property name. Path: ${at}${written(path)}` };
}

function valueAt(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(key)], rest);
  return isRecord(value) ? valueAt(value[String(key)], rest) : undefined;
}

function written(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}

function isRecord(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
