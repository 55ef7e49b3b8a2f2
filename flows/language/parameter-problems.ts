import { z } from 'zod';
import type { ActionRule } from './action-rule.ts';
import { hasKnownRoot, jsonPathsIn } from './json-path.ts';
import { textsIn } from './texts-in.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** A resource's id, its ARN, or a placeholder that a template fills in. */
const RESOURCE_ID = /^arn:|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::.+)?$|\$\{/i;
const ID_PARAMETERS = ['AgentId', 'ContactFlowId', 'FlowModuleId', 'HoursOfOperationId', 'QueueId'];

/** What the service refuses about an action's parameters, in its words. `at` is where they are in the flow. */
export function parameterProblems(
  rule: ActionRule,
  parameters: Readonly<Record<string, unknown>>,
  at: string,
): readonly string[] {
  const { onlyOneOf = [], atLeastOneOf } = rule;
  const defined = onlyOneOf.filter((name) => name in parameters);
  if (defined.length > 1) {
    return [`Only one of these properties may be defined. Properties: [${defined.join(', ')}]`];
  }
  if (atLeastOneOf && !atLeastOneOf.some((name) => name in parameters)) {
    return [`At least one of [${atLeastOneOf.join(', ')}] must be set`];
  }
  const issues = rule.parameters.safeParse(parameters).error?.issues ?? [];
  return [
    ...new Set([
      ...issues.flatMap((issue) => messagesOf(issue, [], parameters)).map((say) => say(at)),
      ...textsIn(parameters)
        .filter(({ text }) => !jsonPathsIn(text).every((path) => hasKnownRoot(path)))
        .map(({ path }) => wrongValue(path)(at)),
      ...idProblems(parameters),
    ]),
  ];
}

type Message = (at: string) => string;

const wrongValue =
  (path: Path): Message =>
  (at) =>
    `Invalid Action property value. Path: ${at}${written(path)}`;

function messagesOf(issue: Issue, above: Path, parameters: unknown): readonly Message[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const options = issue.errors.map((errors) =>
      errors.flatMap((error) => messagesOf(error, path, parameters)),
    );
    return options.toSorted((a, b) => a.length - b.length)[0] ?? [wrongValue(path)];
  }
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => wrongName([...path, key]));
  if (issue.code === 'invalid_key') return [wrongName(path)];
  if (valueAt(parameters, path) === undefined) {
    return [(at) => `Action is missing required property. Path: ${at}${written(path)}`];
  }
  return [wrongValue(path)];
}

function wrongName(path: Path): Message {
  return (at) => `Invalid Action property name. Path: ${at}${written(path)}`;
}

function valueAt(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(key)], rest);
  return isRecord(value) ? valueAt(value[String(key)], rest) : undefined;
}

function written(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}

function idProblems(parameters: Readonly<Record<string, unknown>>): readonly string[] {
  const ids = ID_PARAMETERS.map((name) => parameters[name]);
  const wrong = ids.some(
    (id) => typeof id === 'string' && jsonPathsIn(id).length === 0 && !RESOURCE_ID.test(id),
  );
  return wrong ? ['Not a supported id format'] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
