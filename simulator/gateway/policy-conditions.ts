import { arnMatcher, patternMatcher } from './policy-pattern.ts';

/** Operator, then key, then the value or values: `{ StringEquals: { 's3:prefix': 'recordings/' } }`. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What is known about a request: the value or values of each condition key. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

type ConditionTest = (context: ConditionContext) => boolean;
type ValueTest = (wanted: string) => (value: string) => boolean;

const caseless: ValueTest = (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase();
const numeric =
  (holds: (value: number, wanted: number) => boolean): ValueTest =>
  (wanted) =>
  (value) =>
    holds(Number(value), Number(wanted));

/**
 * The positive operators. Those in NEGATED have a negated form with `Not` in its name, which holds if no
 * wanted value fits.
 */
const OPERATORS: Readonly<Record<string, ValueTest>> = {
  StringEquals: (wanted) => (value) => value === wanted,
  StringEqualsIgnoreCase: caseless,
  StringLike: patternMatcher,
  ArnEquals: arnMatcher,
  ArnLike: arnMatcher,
  Bool: caseless,
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
  const fits = (value: string) => tests.some((test) => test(value)) !== negated;
  return (context) => {
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
