import { cut } from './cut.ts';

/*
 * What everything shown to people goes through: tasks, mails, guides, terminals and logs. Texts come from callers,
 * attributes and names in Amazon Connect, so they can have any characters.
 */

/**
 * Control characters, which clear screens and end lines, and those that change the direction of the text after them.
 * Accents, joiners and the marks of right-to-left scripts stay: words need them.
 */
export const UNSEEN = /[\p{Cc}\u2028-\u202E\u2066-\u206F]/gu;

/** The same without tab and line feed. */
const UNSEEN_IN_LINES = /[^\P{Cc}\t\n]|[\u2028-\u202E\u2066-\u206F]/gu;

/** Text for people, with its line breaks. Each character that is not seen becomes a space, half a character `�`. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSEEN_IN_LINES, ' ');
}

/** The same on one line: nothing in it can look like the beginning of another line. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSEEN, ' ');
}

/** A text of somebody else within a sentence of ours: `"Ana Ruiz"`, on one line, cut to `limit` characters. */
export function quoted(text: string, limit: number): string {
  return `"${cut(oneLine(text), limit)}"`;
}
