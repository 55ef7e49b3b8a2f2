import type {
  Block,
  Expression,
  PathExpression,
  Program,
  Statement,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { nameOf, readTemplate, type TemplateProblem } from './email-template-syntax.ts';
import { PermanentError } from '../errors.ts';

/** The values for a template. Only own members of a record or list can be reached, never inherited ones. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** Replaces a variable without a value. */
export const BLANK = '—';

/**
 * Returns one value as it is written after the text so far. Triple braces mean the same as double ones: a
 * template cannot ask for a value to be written unescaped.
 */
export type WriteValue = (value: string, writtenSoFar: string) => string;

export interface Filled {
  readonly text: string;
  /** Variables in the template without a value, as they are written in it. */
  readonly missing: readonly string[];
}

/** Limits of the length and of the steps, against loops in loops. Mail clients cut HTML at 100 KB. */
const LONGEST_RESULT_CHARS = 1_000_000;
const MOST_STEPS = 50_000;
const DEEPEST_PARTIAL = 10;

/** The position in the walk through a template. */
interface Place {
  /** The innermost last: `this` and its parents. */
  readonly contexts: readonly Value[];
  /** `@index`, `@key`, `@first`, `@last` */
  readonly loop: Readonly<Record<string, Value>>;
  readonly partials: ReadonlyMap<string, Program>;
  readonly partialDepth: number;
}

/** Writes a part of the template at the current position. */
type Walk = (program: Program, place: Place) => void;

/**
 * Fills a Handlebars template: `{{name}}`, `{{a.b}}`, `{{a.[any name]}}`, `{{#if}}`,
 * `{{#unless}}`, `{{#each}}`, `{{#with}}`, `{{else}}`, `@index`, inline partials.
 *
 * The parser is Handlebars' own; this code walks through its syntax tree: nothing is compiled to code, no
 * helper is called, and loops end. A missing variable is written as a dash and named in `missing`; in
 * `{{#if}}` it is only false.
 *
 * Throws PermanentError TEMPLATE, with the reason, if the template cannot be parsed, calls an unknown
 * helper, becomes too long, or takes too many steps.
 */
export function fillTemplate(template: string, values: Value, writeValue: WriteValue): Filled {
  const missing = new Set<string>();
  let text = '';
  let steps = 0;

  function write(part: string): void {
    text += part;
    if (text.length > LONGEST_RESULT_CHARS) throw unusable('it becomes longer than a mail may be');
  }

  function walk({ body }: Program, place: Place): void {
    const partials = new Map([...place.partials, ...inlinePartials(body)]);
    for (const statement of body) step(statement, { ...place, partials });
  }

  function step(statement: Statement, place: Place): void {
    steps += 1;
    if (steps > MOST_STEPS) throw unusable('its loops take too many steps');
    switch (statement.type) {
      case 'ContentStatement':
        return write(statement.value);
      case 'MustacheStatement':
        return writeVariable(statement, place);
      case 'BlockStatement':
        return walkBlock(statement, place, walk);
      case 'PartialStatement':
        return walkPartial(statement, place, walk);
      case 'CommentStatement':
      case 'DecoratorBlock':
        return;
      case 'Decorator':
      case 'PartialBlockStatement':
        throw unusable(`${statement.type} is not supported`);
    }
  }

  function writeVariable(
    { path, params, hash }: Extract<Statement, { type: 'MustacheStatement' }>,
    place: Place,
  ) {
    if (params.length > 0 || hash) throw unusable(`there is no helper ${nameOf(path)}`);
    const value = valueOf(path, place);
    const isWritable = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (!isWritable) missing.add(nameOf(path));
    write(writeValue(isWritable ? String(value) : BLANK, text));
  }

  walk(parsed(template), { contexts: [values], loop: {}, partials: new Map(), partialDepth: 0 });
  return { text, missing: [...missing] };
}

function walkBlock({ path, params, hash, program, inverse }: Block, place: Place, walk: Walk): void {
  const [param] = params;
  if (!param || params.length > 1 || hash) throw unusable(`{{#${nameOf(path)}}} needs one variable`);
  const value = valueOf(param, place);
  const inside = (where: Program | undefined, there: Place) => where && walk(where, there);
  switch (nameOf(path)) {
    case 'if':
      return inside(isTrue(value) ? program : inverse, place);
    case 'unless':
      return inside(isTrue(value) ? inverse : program, place);
    case 'with':
      if (value === undefined || !isTrue(value)) return inside(inverse, place);
      return inside(program, { ...place, contexts: [...place.contexts, value] });
    case 'each': {
      const rounds = roundsOf(value);
      if (rounds.length === 0) return inside(inverse, place);
      for (const { item, loop } of rounds) {
        inside(program, { ...place, loop, contexts: [...place.contexts, item] });
      }
      return;
    }
    default:
      throw unusable(`there is no helper ${nameOf(path)}`);
  }
}

function walkPartial(
  { name, params, hash }: Extract<Statement, { type: 'PartialStatement' }>,
  place: Place,
  walk: Walk,
) {
  const program = place.partials.get(nameOf(name));
  if (!program) throw unusable(`there is no partial ${nameOf(name)}`);
  if (params.length > 0 || hash) throw unusable('a partial takes no parameters');
  if (place.partialDepth === DEEPEST_PARTIAL) throw unusable('its partials call each other too deep');
  walk(program, { ...place, partialDepth: place.partialDepth + 1 });
}

function parsed(template: string): Program {
  const { program, problem } = readTemplate(template);
  if (problem) throw unusable(inWords(problem));
  return program;
}

function inWords({ line, column, why }: TemplateProblem): string {
  return `line ${line}, column ${column}: ${why}`;
}

function inlinePartials(body: readonly Statement[]): [string, Program][] {
  return body.flatMap((statement): [string, Program][] => {
    if (statement.type !== 'DecoratorBlock') return [];
    const { path, params, program } = statement;
    const [name] = params;
    if (nameOf(path) !== 'inline' || name?.type !== 'StringLiteral' || !program) {
      throw unusable('only {{#*inline "name"}} is supported');
    }
    return [[name.value, program]];
  });
}

function valueOf(expression: Expression, place: Place): Value | undefined {
  switch (expression.type) {
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return expression.value;
    case 'UndefinedLiteral':
    case 'NullLiteral':
      return undefined;
    case 'SubExpression':
      throw unusable('helpers within parentheses are not supported');
    case 'PathExpression':
      return atPath(expression, place);
  }
}

function atPath({ data, depth, parts }: PathExpression, { contexts, loop }: Place): Value | undefined {
  if (data) {
    const [root] = contexts;
    return parts[0] === 'root' ? memberAt(root, parts.slice(1)) : memberAt(loop, parts);
  }
  return memberAt(contexts.at(-1 - depth), parts);
}

function memberAt(value: Value | undefined, parts: readonly string[]): Value | undefined {
  let found = value;
  for (const part of parts) {
    if (typeof found !== 'object') return undefined;
    const own: { value?: Value } | undefined = Object.getOwnPropertyDescriptor(found, part);
    found = own?.value;
  }
  return found;
}

function roundsOf(value: Value | undefined): { item: Value; loop: Readonly<Record<string, Value>> }[] {
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return entries.map(([key, item], index) => ({
    item,
    loop: { key, index, first: index === 0, last: index === entries.length - 1 },
  }));
}

/** As in Handlebars: an empty value is false. */
function isTrue(value: Value | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** The message is for the administrator who wrote the template; it does not contain values. */
function unusable(why: string): PermanentError {
  return new PermanentError('TEMPLATE', `the email template cannot be used: ${why}`);
}
