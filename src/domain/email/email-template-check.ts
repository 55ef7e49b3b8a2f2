import type { Block, Expression, Program, Statement } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { nameOf, readTemplate, type TemplateProblem } from './email-template-syntax.ts';

export interface TemplateCheck {
  /** In the order of the template; empty: it can be used. */
  readonly problems: readonly TemplateProblem[];
  /**
   * The variables that it names anywhere, also in conditions, each once: `caller`, `attributes.plan`. Not
   * the members of lists and `{{#with}}`.
   */
  readonly variables: readonly string[];
}

/** The position in the walk through a template. */
interface Place {
  /** How many lists and `{{#with}}` are around it. */
  readonly depth: number;
  readonly partials: ReadonlySet<string>;
}

interface BlockHead extends Pick<Block, 'params' | 'hash'> {
  readonly name: string;
  readonly isKnown: boolean;
  readonly names: readonly string[] | undefined;
}

const ENTERS: Readonly<Record<string, number>> = { if: 0, unless: 0, with: 1, each: 1 };

/**
 * Checks a whole template without filling it in, so that problems are found that only some voicemails would
 * meet: syntax errors, and everything that `fillTemplate` would refuse. A template that becomes too long or
 * calls itself is found only when it is filled in.
 */
export function checkTemplate(template: string): TemplateCheck {
  const { program, problem } = readTemplate(template);
  if (problem) return { problems: [problem], variables: [] };
  const problems: TemplateProblem[] = [];
  const variables = new Set<string>();

  function walk(inside: Program | undefined, place: Place): void {
    const body = inside?.body ?? [];
    const partials = new Set([...place.partials, ...body.flatMap(inlineName)]);
    for (const statement of body) {
      const { line, column } = statement.loc.start;
      const found = step(statement, { ...place, partials });
      if (found !== undefined) problems.push({ line, column: column + 1, why: found });
    }
  }

  /** What is wrong with the statement itself. */
  function step(statement: Statement, place: Place): string | undefined {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return undefined;
      case 'MustacheStatement': {
        const { path, params, hash } = statement;
        if (params.length > 0 || hash) return noHelper(path, params);
        return use(path, place);
      }
      case 'BlockStatement':
        return block(statement, place);
      case 'DecoratorBlock':
        if (inlineName(statement).length === 0) return 'only {{#*inline "name"}} is supported';
        walk(statement.program, place);
        return undefined;
      case 'PartialStatement': {
        const { name, params, hash } = statement;
        if (!place.partials.has(nameOf(name))) {
          return `there is no part ${nameOf(name)}: {{#*inline "${nameOf(name)}"}} must come around or before it`;
        }
        return params.length > 0 || hash ? 'a part that is used again takes no parameters' : undefined;
      }
      case 'Decorator':
        return '{{* …}} is not supported';
      case 'PartialBlockStatement':
        return '{{#> …}} is not supported';
    }
  }

  function block({ path, params, hash, program: yes, inverse: no }: Block, place: Place): string | undefined {
    const name = nameOf(path);
    const entered = Object.hasOwn(ENTERS, name) ? ENTERS[name] : undefined;
    const blockHead = { name, isKnown: entered !== undefined, params, hash, names: yes?.blockParams };
    const own = problemOfHead(blockHead, (param) => use(param, place));
    walk(yes, { ...place, depth: place.depth + (entered ?? 1) });
    walk(no, place);
    return own;
  }

  function use(expression: Expression, { depth: around }: Place): string | undefined {
    if (expression.type === 'SubExpression') return 'helpers within parentheses are not supported';
    if (expression.type !== 'PathExpression') return undefined;
    const { data, depth, parts } = expression;
    const fromRoot = data && parts[0] === 'root' ? parts.slice(1) : parts;
    const isOfRoot = data ? parts[0] === 'root' : depth === around;
    if (isOfRoot && fromRoot.length > 0) variables.add(variableAt(fromRoot));
    return undefined;
  }

  walk(program, { depth: 0, partials: new Set() });
  const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { problems: inOrder, variables: [...variables] };
}

/** What is wrong with the head of a block. */
function problemOfHead(
  { name, isKnown, params, hash, names }: BlockHead,
  use: (param: Expression) => string | undefined,
): string | undefined {
  if (!isKnown)
    return `there is no block {{#${name}}}; there are {{#if}}, {{#unless}}, {{#each}} and {{#with}}`;
  const [param] = params;
  if (!param || params.length > 1 || hash) return `{{#${name}}} needs one variable, and nothing else`;
  if (names) return 'names for what is in a block (as |name|) are not supported';
  return use(param);
}

function noHelper(path: Expression, params: readonly Expression[]): string {
  const words = [path, ...params].map(nameOf).join(' ');
  return `there is no helper ${nameOf(path)}. A name with spaces needs brackets: {{attributes.[${words}]}}`;
}

function variableAt([first = '', second]: readonly string[]): string {
  return first === 'attributes' && second !== undefined ? `attributes.${second}` : first;
}

function inlineName(statement: Statement): string[] {
  if (statement.type !== 'DecoratorBlock' || nameOf(statement.path) !== 'inline') return [];
  const [name] = statement.params;
  return name?.type === 'StringLiteral' ? [name.value] : [];
}
