import type { ExpressionContext, ExpressionParser } from 'dynalite/db/conditionParser.js';

type Parse = ExpressionParser['parse'];
type Values = NonNullable<ExpressionContext['attrVals']>;

/** An expression that was parsed before: its tree, and what of the request it used. */
interface Parsed {
  readonly tree: object;
  readonly values: Values;
  readonly usedNames: readonly string[];
  readonly usedValues: readonly string[];
}

const MOST_PARSED = 1000;

/** What the parser looks at a value itself for, and not only at its type. */
const LOOKS_AT_VALUES = /between|attribute_type/i;

/**
 * Parses each expression once. A program sends the same few again and again, with other values, and to parse one takes
 * dynalite as long as everything else of a write.
 *
 * A tree has the values of the request in it, the very objects. Of a known expression, with the same names and with
 * values of the same types, the tree is copied with the values of the new request in their places. Expressions that
 * are wrong are parsed each time.
 */
export function parsingOnce(parse: Parse): Parse {
  const known = new Map<string, Parsed>();

  return (text, { context }) => {
    if (LOOKS_AT_VALUES.test(text)) return parse(text, { context });
    const { attrVals = {}, unusedAttrNames, unusedAttrVals } = context;
    const key = keyOf(text, context);
    const found = known.get(key) ?? parsedFirst(parse, text, context);
    if (!isParsed(found)) return found;
    if (known.size >= MOST_PARSED) known.clear();
    known.set(key, found);
    for (const name of found.usedNames) delete unusedAttrNames[name];
    for (const name of found.usedValues) delete unusedAttrVals[name];
    const names = Object.keys(found.values);
    return copied(found.tree, new Map(names.map((name) => [found.values[name], attrVals[name]])));
  };
}

function keyOf(text: string, { attrNames = {}, attrVals = {} }: ExpressionContext): string {
  const types = Object.entries(attrVals).map(([name, value]) => [name, Object.keys(value)]);
  return JSON.stringify([text, attrNames, types]);
}

/** The parser's own answer if it is not a tree. */
function parsedFirst(parse: Parse, text: string, context: ExpressionContext): Parsed | string {
  const { attrNames = {}, attrVals = {} } = context;
  const unusedAttrNames = every(attrNames);
  const unusedAttrVals = every(attrVals);
  const tree = parse(text, { context: { ...context, unusedAttrNames, unusedAttrVals } });
  if (typeof tree === 'string') return tree;
  return {
    tree,
    values: attrVals,
    usedNames: Object.keys(attrNames).filter((name) => !unusedAttrNames[name]),
    usedValues: Object.keys(attrVals).filter((name) => !unusedAttrVals[name]),
  };
}

function every(named: object): Record<string, boolean> {
  return Object.fromEntries(Object.keys(named).map((name) => [name, true]));
}

function isParsed(found: Parsed | string): found is Parsed {
  return typeof found !== 'string';
}

/** All objects and lists are new, but the values. dynalite changes the tree of a key condition. */
function copied(tree: object, values: ReadonlyMap<unknown, unknown>): object {
  const copy = (node: unknown): unknown => {
    if (values.has(node)) return values.get(node);
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node !== 'object' || node === null) return node;
    const own = Object.entries(node).map(([name, child]) => [name, copy(child)]);
    return Object.assign(Object.create(Object.getPrototypeOf(node)), Object.fromEntries(own));
  };
  return Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, copy(child)]));
}
