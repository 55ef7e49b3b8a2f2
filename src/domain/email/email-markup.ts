import { cleanText } from '../clean-text.ts';

/**
 * The characters that Handlebars escapes: with `=` and the backtick, a value cannot even leave an attribute
 * without quotes.
 */
const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
};

const ADDRESS_FOLLOWS = /\b(?:href|src|action|background)\s*=\s*["']?\s*$/i;
const LONGEST_ATTRIBUTE_NAME = 40;
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|tel:|cid:)/i;

/**
 * A value as HTML that shows it, at the end of what was written so far.
 *
 * If it begins a link, it must be an address that is safe to open: `https`, `http`, `mailto`, `tel`, `cid`.
 * Anything else, for example `javascript:`, becomes `#`.
 */
export function htmlValue(value: string, writtenSoFar: string): string {
  const isAddress = ADDRESS_FOLLOWS.test(writtenSoFar.slice(-LONGEST_ATTRIBUTE_NAME));
  if (isAddress && !SAFE_ADDRESS.test(value)) return '#';
  return cleanText(value).replace(/[&<>"'`=]/g, (character) => ESCAPED[character] ?? '');
}

/** A value in plain text. */
export function textValue(value: string): string {
  return cleanText(value);
}

/** A whole subject: one line that cannot begin another header. */
export function subjectLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
