/**
 * An event taken apart into its leaves, as EventBridge looks at it.
 *
 * `{"a": {"b": [1, 2]}}` has the fields `a.b = 1` and `a.b = 2`. An object or list that is empty has no
 * field: to a pattern it is absent.
 */
export interface EventField {
  /** The keys on the way down, joined by dots. Lists add nothing. */
  readonly path: string;
  readonly value: LeafValue;
  /** For each list the field stands in: which of its elements it belongs to. */
  readonly elements: ArrayElements;
}

export type LeafValue = string | number | boolean | null;

/** List number, counted through the event, to element index. */
export type ArrayElements = ReadonlyMap<number, number>;

/** The event's fields, by path. Anything but an object has none. */
export function eventFields(event: unknown): ReadonlyMap<string, readonly EventField[]> {
  const fields = new Map<string, EventField[]>();
  let lists = 0;

  function visit(value: unknown, path: string, elements: ArrayElements): void {
    if (Array.isArray(value)) {
      const list = (lists += 1);
      for (const [index, element] of value.entries()) {
        const standsInElement = typeof element === 'object' && element !== null;
        visit(element, path, standsInElement ? new Map([...elements, [list, index]]) : elements);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) visit(member, joined(path, key), elements);
    } else if (isLeafValue(value)) {
      const field = { path, value, elements };
      const same = fields.get(path);
      if (same) same.push(field);
      else fields.set(path, [field]);
    }
  }

  if (typeof event === 'object' && event !== null && !Array.isArray(event)) visit(event, '', new Map());
  return fields;
}

/** A key's path below another. */
export function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/**
 * Merges both memberships. Undefined if they name two elements of the same list: the two fields do not
 * belong together.
 */
export function together(one: ArrayElements, other: ArrayElements): ArrayElements | undefined {
  for (const [list, element] of other) {
    if ((one.get(list) ?? element) !== element) return undefined;
  }
  return new Map([...one, ...other]);
}

function isLeafValue(value: unknown): value is LeafValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
