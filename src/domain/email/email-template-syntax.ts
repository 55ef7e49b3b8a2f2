import {
  type Expression,
  parse,
  parser,
  type Program,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';

/** What is wrong with a template, for the administrator who wrote it. Lines and columns count from 1. */
export interface TemplateProblem {
  readonly line: number;
  readonly column: number;
  readonly why: string;
}

/** SES's own limit is 500 KB; the parser's time grows with the square of the number of braces. */
const LONGEST_TEMPLATE_CHARS = 200_000;
const MOST_BRACES = 1_000;

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
  try {
    return { program: parse(template) };
  } catch (error) {
    return { problem: problemOf(error, template) };
  }
}

/** A variable, helper or partial as it is written. */
export function nameOf(expression: Expression): string {
  if (expression.type === 'PathExpression') return expression.original;
  return 'value' in expression ? String(expression.value) : expression.type;
}

/**
 * The parser has two kinds of errors: an unexpected token, with the names of tokens, or an invalid meaning,
 * with line and column in the error.
 */
function problemOf(error: unknown, template: string): TemplateProblem {
  const message = error instanceof Error ? error.message : String(error);
  const [, token] = /, got '([^']*)'$/.exec(message) ?? [];
  if (token === undefined) return { ...placeIn(error), why: contradiction(message) };
  const { match, yylloc } = parser.lexer;
  const open = match === '' ? openBlockIn(template) : undefined;
  if (open) return open;
  const place = { line: yylloc.first_line, column: yylloc.first_column + 1 };
  const why = token === 'INVALID' ? invalid(restAt(template, place)) : unexpected(token, match);
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
  return message.replace(/ - \d+:\d+$/, '');
}

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
    default:
      return match === '' ? 'it ends too early' : `${JSON.stringify(match)} is not expected here`;
  }
}

/** `rest` begins with a sign that no name can have, or with a name that does not end. */
function invalid(rest: string): string {
  if (/^(?:(?!\}\})[^])*?(?:\{\{|$)/.test(rest))
    return 'the braces before this are not closed: }} is missing';
  const [word = ''] = /^[^\s}]*/.exec(rest) ?? [];
  return `${JSON.stringify(word)} is no name. With other signs than letters, digits, _ and - it needs brackets, as in {{attributes.[customer tier]}}`;
}

function restAt(template: string, { line, column }: { line: number; column: number }): string {
  const lines = template.split(/\r\n?|\n/).slice(line - 1);
  return lines.join('\n').slice(column - 1);
}

/** The innermost block that is not closed: the mistake is there, although the parser reports the end. */
function openBlockIn(template: string): TemplateProblem | undefined {
  const open: { readonly name: string; readonly index: number }[] = [];
  const tags = /\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?![^}]*\}\}|\{\{~?([#/])[*>]?\s*([^\s}~]*)/g;
  for (const { 1: sign, 2: name = '', index } of template.matchAll(tags)) {
    if (sign === '#') open.push({ name, index });
    else if (sign === '/') open.pop();
  }
  const last = open.at(-1);
  if (!last) return undefined;
  const before = template.slice(0, last.index).split('\n');
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    why: `the block {{#${last.name}}} is not closed: {{/${last.name}}} is missing`,
  };
}
