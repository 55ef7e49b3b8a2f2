import type {
  Block,
  Call,
  Hash,
  Located,
  Partial,
  Program,
  Statement,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { chosenIn } from './email-template-blocks.ts';
import { checkTemplate } from './email-template-check.ts';
import type { TemplateProblem } from './email-template-syntax.ts';
import { inlinePartials, nameOf, placeOf } from './email-template-tree.ts';
import {
  entered,
  type Found,
  resultOf,
  type Scope,
  scopeOf,
  type Value,
  valueOf,
} from './email-template-values.ts';
import { PermanentError } from '../errors.ts';

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

/** An inline partial, and what it sees beside the value that it is about. */
interface InlinePartial extends Pick<Scope, 'contexts' | 'named'> {
  readonly program: Program;
}

/** The position in the walk through a template. */
interface Place extends Scope {
  readonly partials: ReadonlyMap<string, InlinePartial>;
  readonly partialDepth: number;
}

/** What is written so far. */
interface Output {
  readonly text: () => string;
  readonly write: (part: string) => void;
  /** Replaces what was written from `start` on. */
  readonly rewrite: (start: number, change: (written: string) => string) => void;
  readonly missing: Set<string>;
  /** Counts steps, so that loops end. */
  readonly step: (statement: Located, count?: number) => void;
  /** An error at the current step. */
  readonly unusable: (why: string) => Unusable;
  readonly writeValue: WriteValue;
}

/**
 * Fills a Handlebars template as Handlebars 4.7.10 does, with the exceptions in docs/delivery-email.md.
 *
 * The parser is Handlebars' own; this code walks through its syntax tree. Nothing is compiled to code: who may
 * write a template in SES may not run code in this account. Loops end, only own members of values are found, and
 * how a value is escaped depends on the text before it. A missing variable is written as a dash and named in
 * `missing`; in `{{#if}}` it is only false.
 *
 * Throws PermanentError TEMPLATE with line, column and reason, as `tryTemplate` finds them.
 */
export function fillTemplate(template: string, values: Value, writeValue: WriteValue): Filled {
  const { filled, problems } = tryTemplate(template, values, writeValue);
  if (filled) return filled;
  const [first, ...others] = problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new PermanentError('TEMPLATE', `the email template cannot be used: ${inWords(first)}${more}`);
}

/** A problem in words, for the administrator who wrote the template; it does not contain values. */
export function inWords({ line, column, why }: TemplateProblem): string {
  return `line ${line}, column ${column}: ${why}`;
}

/**
 * The filled template, or all problems that `checkTemplate` finds; without any, that it becomes too long with these
 * values, or takes too many steps.
 */
export function tryTemplate(
  template: string,
  values: Value,
  writeValue: WriteValue,
):
  | { readonly filled: Filled; readonly problems?: undefined }
  | { readonly filled?: undefined; readonly problems: readonly [TemplateProblem, ...TemplateProblem[]] } {
  const { program, problems } = checkTemplate(template);
  const [first, ...others] = problems;
  if (first) return { problems: [first, ...others] };
  const output = outputWith(writeValue);
  try {
    walk(program, { ...scopeOf(values), partials: new Map(), partialDepth: 0 }, output, []);
  } catch (error) {
    if (error instanceof Unusable) return { problems: [error.problem] };
    throw error;
  }
  return { filled: { text: output.text(), missing: [...output.missing] } };
}

/** Ends the walk. */
class Unusable extends Error {
  readonly problem: TemplateProblem;

  constructor(problem: TemplateProblem) {
    super(inWords(problem));
    this.problem = problem;
  }
}

function outputWith(writeValue: WriteValue): Output {
  let text = '';
  let steps = 0;
  let place = { line: 1, column: 1 };
  const unusable = (why: string) => new Unusable({ ...place, why });

  function become(next: string): void {
    text = next;
    if (text.length > LONGEST_RESULT_CHARS) throw unusable('it becomes longer than a mail may be');
  }

  return {
    text: () => text,
    write: (part) => become(text + part),
    rewrite: (start, change) => become(text.slice(0, start) + change(text.slice(start))),
    missing: new Set(),
    step(statement, count = 1) {
      steps += count;
      place = placeOf(statement);
      if (steps > MOST_STEPS) throw unusable('its loops take too many steps');
    },
    unusable,
    writeValue,
  };
}

/** `outside` is what surrounds the block. As in Handlebars, `../` of an inline partial in it leads there. */
function walk(program: Program | undefined, around: Place, output: Output, outside: Scope['contexts']): void {
  if (!program) return;
  const { named } = around;
  const own = inlinePartials(program).map(
    ([name, inside]) => [name, { program: inside, contexts: outside, named }] as const,
  );
  const place = own.length === 0 ? around : { ...around, partials: new Map([...around.partials, ...own]) };
  for (const statement of program.body) step(statement, place, output);
}

function step(statement: Statement, place: Place, output: Output): void {
  output.step(statement);
  switch (statement.type) {
    case 'ContentStatement':
      return output.write(statement.value);
    case 'MustacheStatement':
      return writeVariable(statement, place, output);
    case 'BlockStatement':
      return walkBlock(statement, place, output);
    case 'PartialStatement':
      return walkPartial(statement, place, output);
    case 'CommentStatement':
    case 'DecoratorBlock':
      return;
    case 'Decorator':
    case 'PartialBlockStatement':
      throw output.unusable(`${statement.type} is not supported`);
  }
}

function writeVariable(call: Call, place: Place, output: Output): void {
  const value = resultOf(call, place);
  const isWritable = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isWritable) output.missing.add(wordsOf(call));
  output.write(output.writeValue(isWritable ? String(value) : BLANK, output.text()));
}

function walkBlock(block: Block & Located, place: Place, output: Output): void {
  const { part, scopes } = chosenIn(block, place);
  output.step(block, scopes.length);
  for (const inside of scopes) walk(part, inside, output, place.contexts);
}

function walkPartial(call: Partial & Located, place: Place, output: Output): void {
  const { name, params, hash, indent = '' } = call;
  const partial = place.partials.get(nameOf(name));
  if (!partial) throw output.unusable(`there is no part ${nameOf(name)}`);
  if (place.partialDepth === DEEPEST_PARTIAL) throw output.unusable('its parts call each other too deep');
  const [param] = params;
  const given = param ? valueOf(param, place) : place.contexts.at(-1);
  const about = hash ? withHash(given, hash, place) : given;
  if (typeof about === 'object' && hash) output.step(call, Object.keys(about ?? {}).length);
  const { program, contexts, named } = partial;
  const inside = { ...place, contexts, named, partialDepth: place.partialDepth + 1 };
  const start = output.text().length;
  walk(program, entered(inside, about), output, contexts);
  if (indent !== '') output.rewrite(start, (written) => indented(written, indent));
}

function withHash(about: Found, { pairs }: Hash, scope: Scope): Readonly<Record<string, Value>> {
  const own = pairs.map(({ key, value }) => [key, valueOf(value, scope) ?? null] as const);
  const members = typeof about === 'object' && about !== null ? Object.entries(about) : [];
  return Object.fromEntries([...members, ...own]);
}

/** As Handlebars does it: the empty rest after a last line break has no indent. */
function indented(text: string, indent: string): string {
  const lines = text.split('\n');
  return lines
    .map((line, index) => (line === '' && index === lines.length - 1 ? line : indent + line))
    .join('\n');
}

/** A variable as it is written: `caller`, `lookup attributes "tier"`. */
function wordsOf({ path, params }: Call): string {
  return [path, ...params].map(nameOf).join(' ');
}
