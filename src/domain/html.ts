import { oneLine } from './clean-text.ts';

/**
 * Characters that end a tag or a quoted value, or that a view, a flow or a JSON string around it would
 * interpret.
 */
const SPECIAL = /[&<>"'`{}$\\]/g;

/**
 * Plain text as HTML that shows it, on one line: for the place between two tags as
 * well as for a quoted attribute.
 *
 * It is also safe in an Amazon Connect view. Views are rendered from a template with braces, and flows read
 * `$.` as the beginning of a JSONPath; the result has none of these characters, and no quote or backslash
 * that could end a JSON string.
 */
export function toHtml(text: string): string {
  return oneLine(text).replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

/** As much of `text` as HTML in `roomBytes` of UTF-8, cut between two characters as people see them. */
export function toHtmlWithin(text: string, roomBytes: number): { html: string; isWhole: boolean } {
  const whole = toHtml(text);
  if (Buffer.byteLength(whole) <= roomBytes) return { html: whole, isWhole: true };
  let html = '';
  let room = roomBytes;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const character = toHtml(segment);
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    html += character;
  }
  return { html, isWhole: false };
}
