/** A text of the settings, and the way to it: `['email', 'fallbackTo', '0']`. */
export interface TextWithin {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every text in settings, however deep. */
export function textsWithin(value: unknown, path: readonly string[] = []): readonly TextWithin[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsWithin(inner, [...path, name]));
}
