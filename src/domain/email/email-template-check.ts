import type {
  Call,
  Expression,
  Hash,
  Program,
  Statement,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { problemOf, type Seen } from './email-template-problems.ts';
import { readTemplate, type TemplateProblem } from './email-template-syntax.ts';
import { BLOCKS, headOf, helperOf, inlinePartials, placeOf } from './email-template-tree.ts';

export interface TemplateCheck {
  /** The parsed template, unless its syntax is wrong. */
  readonly program?: Program | undefined;
  /** In the order of the template; empty: it can be used. */
  readonly problems: readonly TemplateProblem[];
  /** What is filled otherwise than its author probably expects. In the order of the template. */
  readonly warnings: readonly TemplateProblem[];
  /**
   * The variables that it names anywhere, also in conditions, each once, where it comes first. Not the members of
   * lists and `{{#with}}`.
   */
  readonly variables: readonly VariableUse[];
}

export interface VariableUse {
  /** `caller`, `attributes.plan` */
  readonly name: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** The position in the walk through a template. */
interface Place extends Seen {
  /** How many blocks about a value are around it. */
  readonly depth: number;
}

/**
 * Checks a whole template without filling it in: the one place where a template is refused, whether it is stored,
 * previewed or filled. It finds problems that only some voicemails would meet. A template that becomes too long,
 * loops too often or calls itself is found only when it is filled in.
 */
export function checkTemplate(template: string): TemplateCheck {
  const { program, problem } = readTemplate(template);
  if (problem) return { problems: [problem], warnings: [], variables: [] };
  const problems: TemplateProblem[] = [];
  const warnings: TemplateProblem[] = [];
  const variables = new Map<string, VariableUse>();

  function walk(inside: Program | undefined, around: Place): void {
    if (!inside) return;
    const own = inlinePartials(inside).map(([name]) => name);
    const place = { ...around, partials: new Set([...around.partials, ...own]) };
    for (const statement of inside.body) step(statement, place);
  }

  function step(statement: Statement, place: Place): void {
    const why = problemOf(statement, place);
    if (why !== undefined) problems.push({ ...placeOf(statement), why });
    for (const name of namesIn(statement, place)) {
      if (!variables.has(name)) variables.set(name, { name, ...placeOf(statement) });
    }
    if (statement.type === 'DecoratorBlock') walk(statement.program, place);
    if (statement.type !== 'BlockStatement') return;
    const { program: yes, inverse: no } = statement;
    const helper = helperOf(statement.path, BLOCKS, place.named);
    const named = new Set([...place.named, ...(yes?.blockParams ?? [])]);
    walk(yes, { ...place, named, depth: place.depth + (helper === 'if' || helper === 'unless' ? 0 : 1) });
    walk(no, place);
    const [section] = helper === undefined ? namesIn(statement, place) : [];
    if (section !== undefined && section !== 'attributes' && why === undefined) {
      warnings.push({ ...placeOf(statement), why: sectionOf(section, yes === undefined) });
    }
  }

  walk(program, { depth: 0, partials: new Set(), named: new Set() });
  return {
    program,
    problems: inOrder(problems),
    warnings: inOrder(warnings),
    variables: [...variables.values()],
  };
}

function inOrder(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** As Mustache has it; Handlebars treats an empty text otherwise. */
function sectionOf(name: string, isInverse: boolean): string {
  return isInverse
    ? `{{^${name}}} is left out even if ${name} is empty. Write {{#unless ${name}}}`
    : `{{#${name}}} is written even if ${name} is empty, and no other variable is found within it. Write {{#if ${name}}}`;
}

/** The variables that a statement itself names. */
function namesIn(statement: Statement, place: Place): readonly string[] {
  if (statement.type === 'PartialStatement') return namesInAll(statement, place);
  if (statement.type === 'MustacheStatement') return namesInCall(statement, place);
  if (statement.type !== 'BlockStatement') return [];
  const isHelper = helperOf(statement.path, BLOCKS, place.named) !== undefined;
  return isHelper ? namesInAll(statement, place) : namesInCall(statement, place);
}

function namesInCall(call: Call, place: Place): readonly string[] {
  const isHelper = call.params.length > 0 || call.hash !== undefined;
  return isHelper ? namesInAll(call, place) : nameAt(headOf(call.path), place);
}

function namesInAll({ params, hash }: Pick<Call, 'params'> & { hash?: Hash | undefined }, place: Place) {
  const values = (hash?.pairs ?? []).map(({ value }) => value);
  return [...params, ...values].flatMap((expression) => nameAt(expression, place));
}

function nameAt(expression: Expression, place: Place): readonly string[] {
  if (expression.type === 'SubExpression') return namesInCall(expression, place);
  if (expression.type !== 'PathExpression') return [];
  const { data, depth, parts } = expression;
  const isOfRoot = data ? parts[0] === 'root' : depth === place.depth;
  const [first, second] = data ? parts.slice(1) : parts;
  if (!isOfRoot || first === undefined || (!data && depth === 0 && place.named.has(first))) return [];
  return [first === 'attributes' && second !== undefined ? `attributes.${second}` : first];
}
