import type { LeafValue } from './event-fields.ts';
import { describe, invalidPattern, isObject } from './pattern-error.ts';
import { numericRange } from './numeric-range.ts';
import { wildcardTest } from './wildcard.ts';

/** Whether a field that is present has a matching value. */
export type Accept = (value: LeafValue) => boolean;

type Operator = (operand: unknown, path: string) => Accept;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['prefix', (operand, path) => affix('prefix', operand, path)],
  ['suffix', (operand, path) => affix('suffix', operand, path)],
  ['anything-but', anythingBut],
  ['numeric', (operand, path) => numericRange(operand, path)],
  ['exists', exists],
  ['equals-ignore-case', equalsIgnoreCase],
  ['wildcard', wildcard],
  [
    'cidr',
    (_operand, path) => {
      throw invalidPattern('the operator "cidr" is not simulated', path);
    },
  ],
]);

/** One value of a leaf's list: a plain value, or an object that names one operator. */
export function acceptOf(wanted: unknown, path: string): Accept {
  if (isObject(wanted)) {
    const [name, operand] = onlyEntry(wanted, path);
    const operator = OPERATORS.get(name);
    if (!operator) throw invalidPattern(`Unrecognized match type ${name}`, path);
    return operator(operand, path);
  }
  if (wanted === null || ['string', 'number', 'boolean'].includes(typeof wanted)) {
    return (value) => value === wanted;
  }
  throw invalidPattern('Match value must be String, number, true, false, or null', path);
}

function onlyEntry(expression: Record<string, unknown>, path: string): [name: string, operand: unknown] {
  const [first, second] = Object.entries(expression);
  if (!first) throw invalidPattern('Match expression name not found', path);
  if (second) throw invalidPattern('Only one key allowed in match expression', path);
  return first;
}

/** `{"prefix": "a"}`, `{"suffix": {"equals-ignore-case": "a"}}` */
function affix(kind: 'prefix' | 'suffix', operand: unknown, path: string): Accept {
  const has = kind === 'prefix' ? 'startsWith' : 'endsWith';
  if (typeof operand === 'string') return (value) => typeof value === 'string' && value[has](operand);

  if (!isObject(operand)) throw invalidPattern(`${kind} match pattern must be a string`, path);
  const [name, wanted] = onlyEntry(operand, path);
  if (name !== 'equals-ignore-case') throw invalidPattern(`Unsupported ${kind} pattern: ${name}`, path);
  const text = requireText(wanted, 'equals-ignore-case', path).toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase()[has](text);
}

function exists(operand: unknown, path: string): Accept {
  if (operand !== true) throw invalidPattern('exists match pattern must be either true or false', path);
  return () => true;
}

function equalsIgnoreCase(operand: unknown, path: string): Accept {
  const wanted = requireText(operand, 'equals-ignore-case', path).toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
}

function wildcard(operand: unknown, path: string): Accept {
  const fits = wildcardTest(requireText(operand, 'wildcard', path), path);
  return (value) => typeof value === 'string' && fits(value);
}

/** Operators that `anything-but` negates, each over one text or a list of texts. */
const NEGATED: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['prefix', (operand, path) => affix('prefix', requireText(operand, 'prefix', path), path)],
  ['suffix', (operand, path) => affix('suffix', requireText(operand, 'suffix', path), path)],
  ['equals-ignore-case', equalsIgnoreCase],
  ['wildcard', wildcard],
]);

/** An absent field does not match "anything-but": the field must have another value. */
function anythingBut(operand: unknown, path: string): Accept {
  if (isObject(operand)) {
    const [name, wanted] = onlyEntry(operand, path);
    const operator = NEGATED.get(name);
    if (!operator) throw invalidPattern(`Unsupported anything-but pattern: ${name}`, path);
    const excluded = listOf(wanted, path).map((one) => operator(one, path));
    return (value) => !excluded.some((excludes) => excludes(value));
  }

  const excluded = new Set(listOf(operand, path));
  const kinds = new Set([...excluded].map((one) => typeof one));
  if (!['string', 'number'].some((kind) => kinds.size === 1 && [...kinds][0] === kind)) {
    const given = describe(operand);
    throw invalidPattern(`anything-but takes strings or numbers, not both and nothing else: ${given}`, path);
  }
  return (value) => !excluded.has(value);
}

function listOf(operand: unknown, path: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw invalidPattern('Empty arrays are not allowed', path);
  return list;
}

function requireText(operand: unknown, name: string, path: string): string {
  if (typeof operand === 'string') return operand;
  throw invalidPattern(`${name} match pattern must be a string`, path);
}
