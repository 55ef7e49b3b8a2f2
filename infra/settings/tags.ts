import { z } from 'zod';
import { KEPT_TAGS } from '../kept-tags.ts';

/** A resource has 50 tags at most, and some have four of ours; a few are left for people. */
const MOST_TAGS = 40;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** What every service of the stack takes. Source: AWS General Reference, "Tag naming limits and requirements". */
const CHARACTERS = /^[\p{L}\p{N} +\-=._:/@]*$/u;

/** Tags for every resource of the stack, by key. */
export const tagsSchema = z
  .record(
    z
      .string()
      .min(1)
      .max(LONGEST_KEY)
      .regex(CHARACTERS)
      .refine((key) => !isReserved(key)),
    z.string().max(LONGEST_VALUE).regex(CHARACTERS),
  )
  .refine((tags) => Object.keys(tags).length <= MOST_TAGS);

export const TAGS_ALLOWED = `tags by key, such as { 'cost-center': '4711' }, at most ${MOST_TAGS}; keys of 1 to ${LONGEST_KEY} and values of 0 to ${LONGEST_VALUE} letters, digits, blanks and + - = . _ : / @; no key that begins with aws: or voicemail-express:`;

const [OWN_PREFIX = ''] = KEPT_TAGS.part.split(':');

/** AWS keeps its prefix for itself, in capitals too; ours says what belongs to which stack. */
function isReserved(key: string): boolean {
  return ['aws:', `${OWN_PREFIX}:`].some((prefix) => key.toLowerCase().startsWith(prefix));
}
