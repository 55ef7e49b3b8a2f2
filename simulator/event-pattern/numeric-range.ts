import { describe, invalidPattern } from './pattern-error.ts';

type Comparison = (value: number) => boolean;

const COMPARISONS: ReadonlyMap<unknown, (limit: number) => Comparison> = new Map([
  [
    '=',
    (limit: number): Comparison =>
      (value) =>
        value === limit,
  ],
  [
    '<',
    (limit: number): Comparison =>
      (value) =>
        value < limit,
  ],
  [
    '<=',
    (limit: number): Comparison =>
      (value) =>
        value <= limit,
  ],
  [
    '>',
    (limit: number): Comparison =>
      (value) =>
        value > limit,
  ],
  [
    '>=',
    (limit: number): Comparison =>
      (value) =>
        value >= limit,
  ],
]);

/**
 * `{"numeric": [">", 0, "<=", 5]}`: one comparison, or a lower limit followed by an upper one. Matches
 * JSON numbers only, never text that looks like a number.
 */
export function numericRange(operand: unknown, path: string): (value: unknown) => boolean {
  if (!Array.isArray(operand)) throw invalidPattern('Value of numeric must be an array.', path);
  const terms: readonly unknown[] = operand;
  if (terms.length < 2) throw invalidPattern(`Invalid member in numeric match: ${describe(terms)}`, path);
  if (terms.length > 4) throw invalidPattern('Too many terms in numeric range expression', path);

  const [firstOperator, firstLimit, secondOperator, secondLimit] = terms;
  const first = comparison(firstOperator, firstLimit, path);
  if (terms.length === 2) return (value) => typeof value === 'number' && first(value);

  const isRange = ['>', '>='].some((one) => one === firstOperator);
  if (!isRange) throw invalidPattern('Too many elements in numeric expression', path);
  if (!['<', '<='].some((one) => one === secondOperator)) {
    throw invalidPattern(`Bad numeric range operator: ${describe(secondOperator)}`, path);
  }
  const second = comparison(secondOperator, secondLimit, path);
  if (Number(firstLimit) >= Number(secondLimit)) throw invalidPattern('Bottom must be less than top', path);
  return (value) => typeof value === 'number' && first(value) && second(value);
}

function comparison(operator: unknown, limit: unknown, path: string): Comparison {
  const compare = COMPARISONS.get(operator);
  if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${describe(operator)}`, path);
  if (typeof limit !== 'number') throw invalidPattern(`Value of ${describe(operator)} must be numeric`, path);
  return compare(limit);
}
