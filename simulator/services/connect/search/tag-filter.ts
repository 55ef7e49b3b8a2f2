import { z } from 'zod';
import { invalidParameter } from '../input.ts';
import {
  allOf,
  anyOf,
  type Condition,
  type Conditions,
  criteriaOf,
  listOf,
  type Matches,
  parsed,
} from './criteria.ts';

type Tags = Readonly<Record<string, string>>;

const TagCondition = z.strictObject({ TagKey: z.string().optional(), TagValue: z.string().optional() });

/** `TagFilter`: one tag, all of a list, or one list of several lists. */
export function tagFilter<Item>(tagsOf: (item: Item) => Tags): Condition<Item> {
  const one = tagCondition(tagsOf);
  const all = (list: unknown) => allOf(listOf(list).map(one));
  return (given) => {
    const filter = onlyOne(given);
    if (filter === undefined) return () => true;
    const [name, value] = filter;
    if (name === 'TagCondition') return one(value);
    if (name === 'AndConditions') return all(value);
    if (name === 'OrConditions') return anyOf(listOf(value).map(all));
    throw invalidParameter(`A tag filter has no ${name}.`);
  };
}

/**
 * `UserAttributeFilter` and `FlowAttributeFilter`: tags and one more condition of this kind of resource, alone, all of
 * one set, or one set of several.
 */
export function attributeFilter<Item>(tagsOf: (item: Item) => Tags, more: Conditions<Item>): Condition<Item> {
  const one = tagCondition(tagsOf);
  const set = (given: unknown): Matches<Item> =>
    criteriaOf(given, { TagConditions: (list) => allOf(listOf(list).map(one)), ...more });
  return (given) => {
    const filter = onlyOne(given);
    if (filter === undefined) return () => true;
    const [name, value] = filter;
    if (name === 'AndCondition') return set(value);
    if (name === 'OrConditions') return anyOf(listOf(value).map(set));
    return criteriaOf(Object.fromEntries([filter]), { TagCondition: one, ...more });
  };
}

/** A value without a key is compared with no tag; a key without a value with any value. */
function tagCondition<Item>(tagsOf: (item: Item) => Tags): Condition<Item> {
  return (given) => {
    const { TagKey: key = '', TagValue: value } = parsed(TagCondition, given);
    return (item) => {
      const tag = tagsOf(item)[key];
      return tag !== undefined && (value === undefined || tag === value);
    };
  };
}

/** Source: API reference, ControlPlaneUserAttributeFilter: "Only one field can be populated." */
function onlyOne(given: unknown): readonly [string, unknown] | undefined {
  const fields = Object.entries(parsed(z.looseObject({}), given));
  if (fields.length > 1) throw invalidParameter('A filter may have one member only.');
  return fields[0];
}
