import { BlockList, isIP } from 'node:net';
import {
  arnMatcher,
  patternMatcher,
  textMatcher,
  type TextTest,
  type ConditionContext,
} from './policy-pattern.ts';

/** Operator, then key, then the value or values: `{ StringEquals: { 's3:prefix': 'recordings/' } }`. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

type ConditionTest = (context: ConditionContext) => boolean;
type ValueTest = (wanted: string) => TextTest;

const caseless: ValueTest = (wanted) => {
  const fits = textMatcher(wanted.toLowerCase());
  return (value, context) => fits(value.toLowerCase(), inLowerCase(context));
};

/** A value that is not a number fits none. */
const numeric = comparing((text) => (/^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN));

/** A date of ISO 8601, or seconds since 1970. */
const dated = comparing((text) => (/^\d{5,}$/.test(text) ? Number(text) * 1000 : Date.parse(text)));

function comparing(read: (text: string) => number) {
  return (holds: (value: number, wanted: number) => boolean): ValueTest =>
    (wanted) =>
    (value) =>
      holds(read(value), read(wanted));
}

/** An address, or a range of them: `203.0.113.0/24`. */
const inRange: ValueTest = (wanted) => {
  const [address = '', bits] = wanted.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const range = new BlockList();
  if (isIP(address) !== 0) range.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  return (value) => isIP(value) !== 0 && range.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4');
};

function inLowerCase(context: ConditionContext = {}): ConditionContext {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, [value].flat().map((one) => one.toLowerCase())]),
  );
}

/**
 * The positive operators. Those in NEGATED have a negated form with `Not` in its name, which holds if no
 * wanted value fits.
 */
const OPERATORS: Readonly<Record<string, ValueTest>> = {
  StringEquals: textMatcher,
  StringEqualsIgnoreCase: caseless,
  StringLike: patternMatcher,
  ArnEquals: arnMatcher,
  ArnLike: arnMatcher,
  Bool: caseless,
  BinaryEquals: textMatcher,
  IpAddress: inRange,
  DateEquals: dated((value, wanted) => value === wanted),
  DateLessThan: dated((value, wanted) => value < wanted),
  DateLessThanEquals: dated((value, wanted) => value <= wanted),
  DateGreaterThan: dated((value, wanted) => value > wanted),
  DateGreaterThanEquals: dated((value, wanted) => value >= wanted),
  NumericEquals: numeric((value, wanted) => value === wanted),
  NumericLessThan: numeric((value, wanted) => value < wanted),
  NumericLessThanEquals: numeric((value, wanted) => value <= wanted),
  NumericGreaterThan: numeric((value, wanted) => value > wanted),
  NumericGreaterThanEquals: numeric((value, wanted) => value >= wanted),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

/**
 * Returns a test of all conditions of a statement: every operator and every key must hold. Throws an
 * Error that names an operator that is not known.
 *
 * Source: AWS Identity and Access Management User Guide, "IAM JSON policy elements:
 * Condition operators" and "Multivalued context keys".
 */
export function compileConditions(condition: Condition): ConditionTest {
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => compileOne(operator, key, [wanted].flat())),
  );
  return (context) => tests.every((test) => test(context));
}

function compileOne(operator: string, key: string, wanted: readonly string[]): ConditionTest {
  if (operator === 'Null') {
    return (context) => wanted.includes(String(valuesOf(context, key).length === 0));
  }
  const { quantifier, name, ifExists } = partsOf(operator);
  const positive = Object.hasOwn(NEGATED, name) ? NEGATED[name] : undefined;
  const negated = positive !== undefined;
  const known = positive ?? name;
  const valueTest = Object.hasOwn(OPERATORS, known) ? OPERATORS[known] : undefined;
  if (!valueTest) throw new Error(`the condition operator ${operator} is not supported`);

  const tests = wanted.map(valueTest);
  return (context) => {
    const fits = (value: string) => tests.some((test) => test(value, context)) !== negated;
    const values = valuesOf(context, key);
    if (values.length === 0) return ifExists || quantifier === 'ForAllValues' || (negated && !quantifier);
    if (quantifier === 'ForAllValues' || (negated && !quantifier)) return values.every(fits);
    return values.some(fits);
  };
}

/** `ForAllValues:StringLikeIfExists` taken apart. */
function partsOf(operator: string) {
  const [, quantifier, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(operator) ?? [];
  return { quantifier, name: name.replace(/IfExists$/, ''), ifExists: name.endsWith('IfExists') };
}

/** Condition keys are compared without regard to case. */
function valuesOf(context: ConditionContext, key: string): readonly string[] {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found ? [found[1]].flat() : [];
}

/** A `Condition` element as it stands in a template; booleans and numbers become text, as IAM reads them. */
export function parseCondition(value: unknown): Condition {
  return Object.fromEntries(
    entriesOf(value).map(([operator, keys]) => [
      operator,
      Object.fromEntries(entriesOf(keys).map(([key, wanted]) => [key, [wanted].flat().map(valueText)])),
    ]),
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new Error(`not a policy condition: ${JSON.stringify(value)}`);
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new Error(`a condition's value must be text, every reference resolved: ${JSON.stringify(value)}`);
}
