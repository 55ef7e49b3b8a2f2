import { parse, parser, type Program } from 'handlebars/dist/cjs/handlebars/compiler/base.js';

/** What is wrong with a template, for the administrator who wrote it. Lines and columns count from 1. */
export interface TemplateProblem {
  readonly line: number;
  readonly column: number;
  readonly why: string;
}

/** SES's own limit is 500 KB; the parser's time grows with the square of the number of braces. */
const LONGEST_TEMPLATE_CHARS = 200_000;
const MOST_BRACES = 1_000;

/** Within one pair of braces: more than a template needs, and few enough for the parser. */
const MOST_PARENTHESES = 20;

/** A template as parsed by Handlebars' own parser, or the syntax error. */
export function readTemplate(
  template: string,
):
  | { readonly program: Program; readonly problem?: undefined }
  | { readonly program?: undefined; readonly problem: TemplateProblem } {
  const start = { line: 1, column: 1 };
  if (template.length > LONGEST_TEMPLATE_CHARS) {
    return { problem: { ...start, why: `it is longer than ${LONGEST_TEMPLATE_CHARS} characters` } };
  }
  if (template.split('{{', MOST_BRACES + 2).length > MOST_BRACES + 1) {
    return { problem: { ...start, why: `it has more than ${MOST_BRACES} pairs of braces` } };
  }
  const [, ...tags] = template.split('{{');
  const nested = tags.find((tag) => openedIn(tag) > MOST_PARENTHESES);
  if (nested !== undefined) {
    const why = `there are more than ${MOST_PARENTHESES} parentheses within a pair of braces`;
    return { problem: { ...placeAt(template, template.indexOf(`{{${nested}`)), why } };
  }
  try {
    return { program: parse(template) };
  } catch (error) {
    return { problem: problemOf(error, template) };
  }
}

function openedIn(tag: string): number {
  const [inside = ''] = tag.split('}}', 1);
  return /^~?!/.test(inside) ? 0 : inside.split('(').length - 1;
}

/**
 * The parser has three kinds of errors: an unexpected token, with the names of tokens; an invalid meaning, with line
 * and column in the error; and a raw block without end.
 */
function problemOf(error: unknown, template: string): TemplateProblem {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith('Lexical error')) return openRawBlockIn(template);
  const [, token] = /, got '([^']*)'$/.exec(message) ?? [];
  if (token === undefined) return { ...placeIn(error), why: contradiction(message) };
  const { match, yylloc } = parser.lexer;
  const open = match === '' ? openBlockIn(template) : undefined;
  if (open) return open;
  const place = { line: yylloc.first_line, column: yylloc.first_column + 1 };
  const { before, rest } = splitAt(template, place);
  const why = token === 'INVALID' ? invalid(before, rest) : unexpected(token, match);
  return { ...place, why };
}

function placeIn(error: unknown) {
  const known: object = error instanceof Error ? error : {};
  const line = 'lineNumber' in known && typeof known.lineNumber === 'number' ? known.lineNumber : 1;
  const column = 'column' in known && typeof known.column === 'number' ? known.column : 0;
  return { line, column: column + 1 };
}

function contradiction(message: string): string {
  const [, opened, closed] = /^(.*) doesn't match (.*) - \d+:\d+$/.exec(message) ?? [];
  if (opened !== undefined) return `{{#${opened}}} is closed by {{/${closed}}}`;
  const [, path] = /^Invalid path: (.*) - \d+:\d+$/.exec(message) ?? [];
  if (path !== undefined) return `${path} is no name: ../ and this can only stand at its beginning`;
  return message.replace(/ - \d+:\d+$/, '');
}

const NO_COMPARISON =
  '{{#if}} takes one variable and compares nothing; for "and", put one {{#if}} into another';
const NO_FILTER = 'a variable stands alone: there are no filters and no calls';

function unexpected(token: string, match: string): string {
  switch (token) {
    case 'OPEN_ENDBLOCK':
      return 'a block is closed here that was not opened';
    case 'INVERSE':
    case 'OPEN_INVERSE_CHAIN':
      return '{{else}} stands outside of a block, or for a second time in one';
    case 'CLOSE':
      return '}} comes too early: a name is missing, or {{{ was opened and needs }}}';
    case 'CLOSE_UNESCAPED':
      return '}}} closes what {{ opened: there is one brace too many';
    case 'DATA':
      return '"@" must come first: {{@../index}}, and not {{../@index}}';
    case 'EQUALS':
      return NO_COMPARISON;
    case 'NUMBER':
      return 'a number as a name needs brackets: {{list.[0]}}';
    case 'OPEN_SEXPR':
      return 'a parenthesis cannot stand here: it holds the value of a block, as in {{#if (lookup attributes "name")}}';
    default:
      if (match === '|') return NO_FILTER;
      return match === '' ? 'it ends too early' : `${JSON.stringify(match)} is not expected here`;
  }
}

/** What the text looks like from the first sign that the parser does not know, and what is probably meant. */
const INVALID: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?!\}\})[^])*?(?:\{\{|$)/, 'the braces before this are not closed: }} is missing'],
  [/^(?:&&|\|\||[<>!]=?(?:\s|$)|or\b|and\b)/, NO_COMPARISON],
  [/^\|/, NO_FILTER],
  [/^<\/?[a-z]/i, 'there is markup within the braces: format the whole {{name}}, not a part of it'],
  [/^["']/, 'the quotation mark is not closed'],
  [/^\[/, 'the bracket is not closed: ] is missing'],
  [/^[\w.-]+\(/, NO_FILTER],
];

/** `rest` begins with a sign that no name can have, or with a name that does not end. */
function invalid(before: string, rest: string): string {
  const [, sign, block] = /^([#^\\/])\s*([\w-]+)/.exec(rest) ?? [];
  if (block !== undefined && (sign === '\\' || before.endsWith('/'))) {
    return `a block is closed by its name alone: {{/${block}}}`;
  }
  const known = INVALID.find(([pattern]) => pattern.test(rest));
  if (known) return known[1];
  const [word = ''] = /^[^\s}]*/.exec(rest) ?? [];
  return `${JSON.stringify(word)} is no name. With other signs than letters, digits, _ and - it needs brackets, as in {{attributes.[customer tier]}}`;
}

function splitAt(template: string, { line, column }: { line: number; column: number }) {
  const lines = template.split(/\r\n?|\n/);
  const [current = ''] = lines.slice(line - 1);
  const rest = [current.slice(column - 1), ...lines.slice(line)].join('\n');
  return { before: current.slice(0, column - 1), rest };
}

/** Its end is missing, but the parser names the end of the text. */
function openRawBlockIn(template: string): TemplateProblem {
  const ends = new Set([...template.matchAll(/\{\{\{\{\/([^}]*)\}\}\}\}/g)].map(([, name]) => name));
  const starts = [...template.matchAll(/\{\{\{\{(?!\/)\s*([^\s}]*)[^}]*\}\}\}\}/g)];
  const open = starts.find(([, name]) => !ends.has(name)) ?? starts.at(-1);
  const name = open?.[1] ?? '';
  const why = `{{{{${name}}}}} is not closed: {{{{/${name}}}}} is missing`;
  return { ...placeAt(template, open?.index ?? 0), why };
}

/** The innermost block that is not closed: the mistake is there, although the parser reports the end. */
function openBlockIn(template: string): TemplateProblem | undefined {
  const open: { readonly sign: string; readonly name: string; readonly index: number }[] = [];
  const tags = /\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?![^}]*\}\}|\{\{~?([#^/])[*>]?\s*([^\s}~]*)/g;
  for (const { 1: sign, 2: name = '', index } of template.matchAll(tags)) {
    if (sign === '/') open.pop();
    else if (sign === '#' || (sign === '^' && name !== '')) open.push({ sign, name, index });
  }
  const last = open.at(-1);
  if (!last) return undefined;
  const why = `the block {{${last.sign}${last.name}}} is not closed: {{/${last.name}}} is missing`;
  return { ...placeAt(template, last.index), why };
}

/** The line and column of an index. Both count from 1. */
export function placeAt(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split(/\r\n?|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
