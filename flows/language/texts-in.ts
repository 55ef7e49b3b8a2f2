/** A text somewhere in a parameter, and the way there. */
export interface TextInside {
  readonly text: string;
  readonly path: readonly PropertyKey[];
}

/** All texts in a value, at any depth, without the keys of objects. */
export function textsIn(value: unknown, path: readonly PropertyKey[] = []): readonly TextInside[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}
