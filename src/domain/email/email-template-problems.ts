import type {
  Block,
  Call,
  Expression,
  Partial,
  Statement,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { BLOCKS, helperOf, HELPERS, inlinePartials, nameOf } from './email-template-tree.ts';

/** What can be seen from a statement. */
export interface Seen {
  /** The parts that can be used again. */
  readonly partials: ReadonlySet<string>;
  /** The names in `as |item index|`. */
  readonly named: ReadonlySet<string>;
}

const ALLOWED_BLOCKS = '{{#if}}, {{#unless}}, {{#each}} and {{#with}}';

/** Other languages' words, and what Handlebars has instead. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  elseif: '{{else if …}}',
  elsif: '{{else if …}}',
  elif: '{{else if …}}',
  foreach: '{{#each …}}',
  for: '{{#each …}}',
  include: '{{> name}} of a {{#*inline "name"}}',
};

/** Why a statement is refused: what came, and what is allowed. Not what is inside of it. */
export function problemOf(statement: Statement, seen: Seen): string | undefined {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return undefined;
    case 'MustacheStatement':
      return problemOfCall(statement, seen);
    case 'BlockStatement':
      return problemOfBlock(statement, seen);
    case 'DecoratorBlock':
      return problemOfInline(statement);
    case 'PartialStatement':
      return problemOfPartial(statement, seen);
    case 'Decorator':
      return '{{* …}} is not supported; there is {{#*inline "name"}}';
    case 'PartialBlockStatement':
      return '{{#> …}} is not supported; there is {{> name}}, of a {{#*inline "name"}}';
  }
}

function problemOfCall(call: Call, seen: Seen): string | undefined {
  const { path, params, hash } = call;
  const helper = helperOf(path, HELPERS, seen.named);
  if (helper === 'lookup') {
    if (params.length !== 2 || hash) return 'lookup needs two values: {{lookup attributes "customer tier"}}';
    return problemOfAll(params, seen);
  }
  if (helper !== undefined) return misplaced(helper, call);
  if (params.length === 0 && !hash) return undefined;
  const words = [path, ...params].map(nameOf).join(' ');
  const other = OTHER_WORDS[nameOf(path).toLowerCase()];
  if (other !== undefined) return `there is no helper ${nameOf(path)}: write ${other}`;
  return `there is no helper ${nameOf(path)}. A name with spaces needs brackets: {{attributes.[${words}]}}`;
}

function misplaced(helper: Exclude<(typeof HELPERS)[number], 'lookup'>, { params }: Call): string {
  if (helper === 'log') return 'log is not available; an attribute of that name is {{attributes.log}}';
  const [param] = params;
  const what = param ? nameOf(param) : '…';
  const attribute = param ? '' : `; an attribute of that name is {{attributes.${helper}}}`;
  return `{{${helper}}} is a block and needs a #: {{#${helper} ${what}}}…{{/${helper}}}${attribute}`;
}

function problemOfBlock({ path, params, hash, program, inverse }: Block, seen: Seen): string | undefined {
  const name = nameOf(path);
  const names = (program ?? inverse)?.blockParams;
  const helper = helperOf(path, BLOCKS, seen.named);
  if (helper === undefined) {
    const isUnknown = params.length > 0 || hash || helperOf(path, HELPERS, seen.named) !== undefined;
    if (isUnknown) return `there is no block {{#${name}}}; there are ${ALLOWED_BLOCKS}`;
    return names ? `{{#${name}}} takes no names (as |…|); {{#each}} and {{#with}} do` : undefined;
  }
  if (params.length !== 1) return `{{#${name}}} needs one variable, and nothing else`;
  const isCondition = helper === 'if' || helper === 'unless';
  const values = hash?.pairs ?? [];
  if (values.some(({ key }) => !isCondition || key !== 'includeZero')) {
    return `{{#${name}}} takes no ${values[0]?.key}=…${isCondition ? '; only includeZero=true' : ''}`;
  }
  if (names && isCondition) return `{{#${name}}} takes no names (as |…|); {{#each}} and {{#with}} do`;
  return problemOfAll([...params, ...values.map(({ value }) => value)], seen);
}

function problemOfInline(block: Extract<Statement, { type: 'DecoratorBlock' }>): string | undefined {
  if (inlinePartials({ body: [block] }).length === 0) return 'only {{#*inline "name"}} is supported';
  return block.program?.blockParams ? '{{#*inline}} takes no names (as |…|)' : undefined;
}

function problemOfPartial({ name, params, hash }: Partial, seen: Seen): string | undefined {
  const written = nameOf(name);
  if (name.type === 'SubExpression') {
    return `the name of a part must be written out, as in {{> row}}; ${written} is a value`;
  }
  if (!seen.partials.has(written)) {
    return `there is no part ${written}: {{#*inline "${written}"}} must come around or before it`;
  }
  if (params.length > 1) return `{{> ${written}}} takes one value, and not ${params.length}`;
  return problemOfAll([...params, ...(hash?.pairs ?? []).map(({ value }) => value)], seen);
}

function problemOfAll(expressions: readonly Expression[], seen: Seen): string | undefined {
  for (const expression of expressions) {
    const problem = problemOfExpression(expression, seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfExpression(expression: Expression, seen: Seen): string | undefined {
  if (expression.type !== 'SubExpression') return undefined;
  const { path, params, hash } = expression;
  const helper = helperOf(path, HELPERS, seen.named);
  if (helper === 'lookup' && params.length === 2 && !hash) return problemOfAll(params, seen);
  return `within parentheses there is only (lookup attributes "name"), and not ${nameOf(expression)}`;
}
