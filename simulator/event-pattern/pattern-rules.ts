import { joined } from './event-fields.ts';
import { type Accept, acceptOf } from './leaf-values.ts';
import { invalidPattern, isObject } from './pattern-error.ts';

/** What one path must hold: one of `accepts`, or nothing at all where `mayBeAbsent`. */
export interface PatternStep {
  readonly accepts: readonly Accept[];
  readonly mayBeAbsent: boolean;
}

/** One way to match: every path must match. `$or` makes several of them. */
export type PatternRule = ReadonlyMap<string, PatternStep>;

/** The pattern as a list of rules; one of them must match. Throws AwsError if it is not a pattern. */
export function patternRules(pattern: unknown): readonly PatternRule[] {
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  return withObject([new Map()], '', pattern);
}

function withObject(
  rules: readonly PatternRule[],
  path: string,
  pattern: Record<string, unknown>,
): readonly PatternRule[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed', path);

  let result = rules;
  for (const [key, value] of entries) {
    if (isAlternatives(key, value)) {
      const before = result;
      result = value.flatMap((alternative) => withObject(before, path, alternative));
    } else if (Array.isArray(value)) {
      const step = stepOf(value, joined(path, key));
      result = result.map((rule) => new Map([...rule, [joined(path, key), step]]));
    } else if (isObject(value)) {
      result = withObject(result, joined(path, key), value);
    } else {
      throw invalidPattern(`"${key}" must be an object or an array`, path);
    }
  }
  return result;
}

/** Names of operators on values. If an object in the list of `$or` has one, `$or` is a plain field. */
const OPERATORS = new Set([
  'prefix',
  'suffix',
  'anything-but',
  'numeric',
  'exists',
  'equals-ignore-case',
  'wildcard',
  'cidr',
]);

/** `$or` is an operator only over two or more objects of fields; else it is a field of that name. */
function isAlternatives(key: string, value: unknown): value is Record<string, unknown>[] {
  return (
    key === '$or' &&
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((one) => isObject(one) && !Object.keys(one).some((name) => OPERATORS.has(name)))
  );
}

function stepOf(values: readonly unknown[], path: string): PatternStep {
  if (values.length === 0) throw invalidPattern('Empty arrays are not allowed', path);
  const present = values.filter((value) => !isAbsence(value));
  return {
    accepts: present.map((value) => acceptOf(value, path)),
    mayBeAbsent: present.length < values.length,
  };
}

function isAbsence(value: unknown): boolean {
  return isObject(value) && value['exists'] === false && Object.keys(value).length === 1;
}
