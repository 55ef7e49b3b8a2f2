import { z } from 'zod';
import { isJsonObject } from '../../../gateway/protocols.ts';
import { invalidParameter } from '../input.ts';

/** Whether something is among what was searched for. */
export type Matches<Item> = (item: Item) => boolean;

/** Reads one condition of a search, such as its `StringCondition`. Throws InvalidParameterException. */
export type Condition<Item> = (given: unknown) => Matches<Item>;

/** By name in the API. */
export type Conditions<Item> = Readonly<Record<string, Condition<Item>>>;

/**
 * The criteria of a search, which hold further criteria in `AndConditions` and `OrConditions`. Throws
 * InvalidParameterException for a condition that the search does not have.
 *
 * Not known: what AWS does with several conditions side by side; here all of them must hold.
 */
export function criteriaOf<Item>(given: unknown, conditions: Conditions<Item>): Matches<Item> {
  if (!isJsonObject(given)) throw invalidParameter('Search criteria must be a structure.');
  const inner = (list: unknown) => listOf(list).map((one) => criteriaOf(one, conditions));
  const all = Object.entries(given).map(([name, value]): Matches<Item> => {
    if (name === 'OrConditions') return anyOf(inner(value));
    if (name === 'AndConditions') return allOf(inner(value));
    const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
    if (!condition) throw invalidParameter(`This search has no ${name}.`);
    return condition(value);
  });
  return allOf(all);
}

export function listOf(given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) throw invalidParameter('Conditions must be a list.');
  return given;
}

export function allOf<Item>(all: readonly Matches<Item>[]): Matches<Item> {
  return (item) => all.every((matches) => matches(item));
}

export function anyOf<Item>(any: readonly Matches<Item>[]): Matches<Item> {
  return (item) => any.some((matches) => matches(item));
}

const StringCondition = z.strictObject({
  FieldName: z.string(),
  Value: z.string(),
  ComparisonType: z.enum(['STARTS_WITH', 'CONTAINS', 'EXACT']),
});

/** The texts of a field; a field can have several, such as a routing profile its queues. */
type Field<Item> = (item: Item) => string | readonly string[] | undefined;

/** In these fields a search for a part is allowed for 2 to 25 characters. Source: API reference, the criteria. */
const WITH_LIMITS = new Set(['name', 'description']);

/**
 * `StringCondition`: a field by its name, in lower case, as AWS itself spells them differently from page to
 * page. Texts are compared letter by letter.
 */
export function stringCondition<Item>(fields: Readonly<Record<string, Field<Item>>>): Condition<Item> {
  return (given) => {
    const { FieldName, Value, ComparisonType } = parsed(StringCondition, given);
    const name = FieldName.toLowerCase();
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      throw invalidParameter(`FieldName must be one of ${Object.keys(fields).join(', ')}: ${FieldName}`);
    }
    if (ComparisonType === 'CONTAINS' && WITH_LIMITS.has(name) && (Value.length < 2 || Value.length > 25)) {
      throw invalidParameter(`CONTAINS of ${FieldName} must have 2 to 25 characters.`);
    }
    const compare = COMPARISONS[ComparisonType];
    return (item) => [field(item) ?? []].flat().some((text) => compare(text, Value));
  };
}

const COMPARISONS = {
  EXACT: (text: string, value: string) => text === value,
  CONTAINS: (text: string, value: string) => text.includes(value),
  STARTS_WITH: (text: string, value: string) => text.startsWith(value),
};

/** A condition that is one of a few words, such as `StateCondition`. */
export function wordCondition<Item>(
  words: readonly string[],
  wordOf: (item: Item) => string,
): Condition<Item> {
  return (given) => {
    const word = words.find((one) => one === given);
    if (word === undefined) throw invalidParameter(`A condition must be one of ${words.join(', ')}.`);
    return (item) => wordOf(item) === word;
  };
}

/** Throws InvalidParameterException with what is wrong. */
export function parsed<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw invalidParameter(`Not simulated, or not valid: ${z.prettifyError(result.error)}`);
}
