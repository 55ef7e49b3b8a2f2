import { z } from 'zod';

/** `Tags` of a resource, as most types have them. */
export const Tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]);

/** By key. */
export function tagsIn(tags: z.infer<typeof Tags>): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
