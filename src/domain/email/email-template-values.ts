import type { Call, Expression, PathExpression } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { headOf, helperOf } from './email-template-tree.ts';

/** The values for a template. Only own members of a record, list or text can be reached, never inherited ones. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What a name has as its value; undefined if there is no such member. */
export type Found = Value | undefined;

/** Where names are looked up. */
export interface Scope {
  /** The innermost last: `this` and its parents. */
  readonly contexts: readonly Found[];
  /** `@index`, `@key`, `@first`, `@last`, `@root`, of the innermost `{{#each}}` last. */
  readonly frames: readonly Readonly<Record<string, Value>>[];
  /** The names in `as |item index|`. */
  readonly named: ReadonlyMap<string, Found>;
}

export function scopeOf(root: Value): Scope {
  return { contexts: [root], frames: [{ root }], named: new Map() };
}

/** Within a block that is about `item`. As in Handlebars, `../` does not count a block about the same value. */
export function entered<Within extends Scope>(scope: Within, item: Found): Within {
  return item === scope.contexts.at(-1) ? scope : { ...scope, contexts: [...scope.contexts, item] };
}

/** With names for what a block is about: `as |item index|`. */
export function withNames<Within extends Scope>(
  scope: Within,
  names: readonly string[],
  values: readonly Found[],
): Within {
  if (names.length === 0) return scope;
  const own = names.map((name, index) => [name, values[index]] as const);
  return { ...scope, named: new Map([...scope.named, ...own]) };
}

/** The scope of each round of `{{#each}}`. */
export function roundsOf<Within extends Scope>(
  scope: Within,
  value: Found,
  names: readonly string[],
): readonly Within[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  return entries.map(([name, item], index) => {
    const key = isList ? index : name;
    const place = { key, index, first: index === 0, last: index === entries.length - 1 };
    const frames = [...scope.frames, { ...scope.frames.at(-1), ...place }];
    return entered(withNames({ ...scope, frames }, names, [item, key]), item);
  });
}

export function valueOf(expression: Expression, scope: Scope): Found {
  switch (expression.type) {
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return expression.value;
    case 'NullLiteral':
      return null;
    case 'UndefinedLiteral':
      return undefined;
    case 'SubExpression':
      return resultOf(expression, scope);
    case 'PathExpression':
      return atPath(expression, scope);
  }
}

/** The value of `{{name}}` or of `{{lookup record name}}`. */
export function resultOf(call: Call, scope: Scope): Found {
  const [record, name] = call.params;
  const isLookup = helperOf(call.path, ['lookup'], scope.named) !== undefined;
  if (!record || !name || !isLookup) return atPath(headOf(call.path), scope);
  const from = valueOf(record, scope);
  if (!from) return from;
  const member = valueOf(name, scope);
  return typeof member === 'object' ? undefined : memberAt(from, [String(member)]);
}

/** As Handlebars sees it: 0 is not empty, for `{{#with}}`. */
export function isEmpty(value: Found): boolean {
  return Array.isArray(value) ? value.length === 0 : !value && value !== 0;
}

/** For `{{#if}}`: 0 is false, unless it says `includeZero=true`. */
export function isTrue(value: Found, isZeroTrue: boolean): boolean {
  return !isEmpty(value) && (value !== 0 || isZeroTrue);
}

function atPath({ data, depth, parts, original }: PathExpression, scope: Scope): Found {
  if (data) return memberAt(scope.frames.at(-1 - depth), parts);
  const [first, ...rest] = parts;
  const isScoped = depth > 0 || /^(?:\.|this\b)/.test(original);
  if (first !== undefined && !isScoped && scope.named.has(first)) {
    return memberAt(scope.named.get(first), rest);
  }
  return memberAt(scope.contexts.at(-1 - depth), parts);
}

function memberAt(value: Found, parts: readonly string[]): Found {
  let found = value;
  for (const part of parts) {
    if (found === undefined || found === null) return undefined;
    const holder: object = Object(found);
    const own: { value?: Value } | undefined = Object.getOwnPropertyDescriptor(holder, part);
    found = own?.value;
  }
  return found;
}
