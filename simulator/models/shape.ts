/**
 * A type of an AWS model, as the SDK's clients carry it at run time. Source: the package @smithy/core,
 * `submodules/schema`: numbers are plain types, arrays are structures, lists and maps.
 */
export type Shape =
  | { readonly kind: Plain; readonly traits: Traits }
  | { readonly kind: 'list'; readonly traits: Traits; readonly item: () => Shape }
  | { readonly kind: 'map'; readonly traits: Traits; readonly key: () => Shape; readonly value: () => Shape }
  | Structure;

export interface Structure {
  readonly kind: 'structure' | 'union';
  readonly name: string;
  readonly traits: Traits;
  readonly members: ReadonlyMap<string, () => Shape>;
  readonly required: readonly string[];
}

export type Plain = 'string' | 'number' | 'boolean' | 'timestamp' | 'document' | 'bytes' | 'nothing';

/** `httpHeader`, `xmlName`: what Smithy says beside the type. */
export type Traits = Readonly<Record<string, unknown>>;

const PLAIN: Readonly<Record<number, Plain>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'timestamp',
  6: 'timestamp',
  7: 'timestamp',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'bytes',
  42: 'bytes',
};
const LIST = 64;
const MAP = 128;
/** How each trait that is written as one bit is named, from the lowest bit. */
const BITS = ['httpLabel', 'idempotent', 'idempotencyToken', 'sensitive', 'httpPayload', 'httpResponseCode'];

/** Reads what a client's package exports as `<name>$`. */
export function shapeOf(schema: unknown, own: Traits = {}): Shape {
  const given: unknown = typeof schema === 'function' ? schema() : schema;
  if (given === 'unit') return { kind: 'nothing', traits: own };
  if (typeof given === 'number') return numberedShape(given, own);
  if (!isList(given)) throw new Error(`not a schema: ${JSON.stringify(given)}`);
  if (given.length === 2) return shapeOf(given[0], { ...traitsOf(given[1]), ...own });
  const [kind, , name, traits, first, second, requiredCount] = given;
  const all = { ...traitsOf(traits), ...own };
  if (kind === 0) return shapeOf(first, all);
  if (kind === 1) return { kind: 'list', traits: all, item: () => shapeOf(first) };
  if (kind === 2)
    return { kind: 'map', traits: all, key: () => shapeOf(first), value: () => shapeOf(second) };
  const names = isList(first) ? first.map(String) : [];
  const types = isList(second) ? second : [];
  return {
    kind: kind === 4 ? 'union' : 'structure',
    name: String(name),
    traits: all,
    members: new Map(names.map((member, index) => [member, () => shapeOf(types[index])])),
    required: kind === 4 ? [] : names.slice(0, Number(requiredCount ?? 0)),
  };
}

function numberedShape(given: number, traits: Traits): Shape {
  const plain = () => shapeOf(given % LIST);
  if (given >= MAP) return { kind: 'map', traits, key: () => shapeOf(0), value: plain };
  if (given >= LIST) return { kind: 'list', traits, item: plain };
  const kind = PLAIN[given];
  if (!kind) throw new Error(`not a type: ${given}`);
  return { kind, traits };
}

function traitsOf(given: unknown): Traits {
  if (typeof given === 'object' && given !== null) return { ...given };
  const bits = Number(given ?? 0);
  return Object.fromEntries(BITS.flatMap((name, bit) => ((bits >> bit) % 2 === 1 ? [[name, true]] : [])));
}

/** An operation's schema: its HTTP form, what goes in and what comes out. */
export function operationShape(schema: unknown) {
  if (!isList(schema) || schema[0] !== 9) return undefined;
  const { http } = traitsOf(schema[3]);
  return {
    /** The status of success. Absent: not a REST protocol, where it is 200. */
    ...(isList(http) && { restStatus: Number(http[2]) }),
    input: () => shapeOf(schema[4]),
    output: () => shapeOf(schema[5]),
  };
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
