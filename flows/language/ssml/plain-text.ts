import { SSML_TAGS } from './ssml-tags.ts';

/** Tags of SSML that Amazon Connect ignores, but that people write. */
const OTHER_TAGS = ['amazon:auto-breaths', 'amazon:breath', 'audio', 'emphasis', 'voice'];
const TAG = new RegExp(
  String.raw`</?(?:${[...SSML_TAGS.keys(), ...OTHER_TAGS].join('|')})(?:\s[^<>]*)?/?>`,
  'i',
);
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);/i;

/**
 * The first tag or entity of SSML in a text that is spoken as it is written: `<break time="1s"/>`,
 * `&amp;`. Callers would hear it read out. Undefined: none. Other uses of `<` and `&` are text.
 */
export function ssmlMarkupIn(text: string): string | undefined {
  return [TAG, ENTITY]
    .map((pattern) => pattern.exec(text))
    .filter((found) => found !== null)
    .toSorted((a, b) => a.index - b.index)[0]?.[0];
}
