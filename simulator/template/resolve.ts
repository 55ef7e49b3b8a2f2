import { isJsonObject } from '../gateway/protocols.ts';
import { NO_VALUE, type Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';

/** A value that Secrets Manager or Parameter Store would fill in at deployment. */
const DYNAMIC_REFERENCE = /\{\{resolve:[^}]*\}\}/;

/** `${Name}`, `${Name.Attribute}` or the escaped `${!Name}`. */
const SUBSTITUTION = /\$\{([^}]*)\}/g;

type TemplateFunction = (argument: unknown, scope: Scope) => unknown;

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  Ref: (argument, scope) => scope.ref(text(argument, 'Ref', scope)),
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
};

/**
 * A template's value with every function in it resolved.
 *
 * Members and elements that resolve to AWS::NoValue are left out. Throws TemplateError for an unknown
 * function, and for one that is used wrongly. Source: CloudFormation user guide, "Intrinsic function
 * reference".
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return withoutDynamicReference(value, scope);
  if (Array.isArray(value)) return value.map((one) => resolve(one, scope)).filter(isPresent);
  if (!isJsonObject(value)) return value;

  const members = Object.entries(value);
  const [only] = members;
  if (only && members.length === 1 && isFunctionName(only[0])) return call(only[0], only[1], scope);
  return Object.fromEntries(
    members.map(([name, member]) => [name, resolve(member, scope)]).filter(([, member]) => isPresent(member)),
  );
}

function isPresent(value: unknown): boolean {
  return value !== NO_VALUE;
}

function isFunctionName(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::');
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const run = FUNCTIONS[name];
  if (run) return run(argument, scope);
  throw new TemplateError(`${scope.where}: ${name} is not known to the simulator`);
}

function withoutDynamicReference(value: string, scope: Scope): string {
  const found = DYNAMIC_REFERENCE.exec(value);
  if (found) throw new TemplateError(`${scope.where}: the simulator does not resolve ${found[0]}`);
  return value;
}

/** `["Queue", "Arn"]`, or `"Queue.Arn"` as YAML writes it. */
function getAttribute(argument: unknown, scope: Scope): unknown {
  const parts =
    typeof argument === 'string' ? splitAtFirstDot(argument) : list(argument, 'Fn::GetAtt', scope);
  const logicalId = text(parts[0], 'Fn::GetAtt', scope);
  return scope.attribute(logicalId, text(resolve(parts[1], scope), 'Fn::GetAtt', scope));
}

function splitAtFirstDot(path: string): readonly string[] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? list(argument, 'Fn::Sub', scope) : [argument, {}];
  const variables = resolve(given, scope);
  if (!isJsonObject(variables)) throw misused('Fn::Sub', scope);
  return text(template, 'Fn::Sub', scope).replaceAll(SUBSTITUTION, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in variables) return text(variables[name], 'Fn::Sub', scope);
    const value = name.includes('.') ? getAttribute(name, scope) : scope.ref(name);
    return text(value, 'Fn::Sub', scope);
  });
}

function join(argument: unknown, scope: Scope): string {
  const [separator, values] = list(argument, 'Fn::Join', scope);
  const parts = list(resolve(values, scope), 'Fn::Join', scope);
  return parts.map((part) => text(part, 'Fn::Join', scope)).join(text(separator, 'Fn::Join', scope));
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, values] = list(argument, 'Fn::Select', scope);
  const number = Number(resolve(index, scope));
  const chosen = list(resolve(values, scope), 'Fn::Select', scope)[number];
  if (chosen !== undefined) return chosen;
  throw new TemplateError(`${scope.where}: Fn::Select cannot select nonexistent value at index ${number}`);
}

function split(argument: unknown, scope: Scope): readonly string[] {
  const [separator, value] = list(argument, 'Fn::Split', scope);
  return text(resolve(value, scope), 'Fn::Split', scope).split(text(separator, 'Fn::Split', scope));
}

function choose(argument: unknown, scope: Scope): unknown {
  const [condition, then, otherwise] = list(argument, 'Fn::If', scope);
  return resolve(scope.condition(text(condition, 'Fn::If', scope)) ? then : otherwise, scope);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map, top, second] = list(argument, 'Fn::FindInMap', scope).map((key) =>
    text(resolve(key, scope), 'Fn::FindInMap', scope),
  );
  if (map === undefined || top === undefined || second === undefined) throw misused('Fn::FindInMap', scope);
  return scope.inMap(map, top, second);
}

function list(value: unknown, name: string, scope: Scope): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw misused(name, scope);
}

function text(value: unknown, name: string, scope: Scope): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw misused(name, scope);
}

function misused(name: string, scope: Scope): TemplateError {
  return new TemplateError(`${scope.where}: ${name} is given what it cannot use`);
}
