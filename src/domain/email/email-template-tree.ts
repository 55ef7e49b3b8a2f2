import type {
  Expression,
  Located,
  PathExpression,
  Program,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';

/** Handlebars' own blocks. Any other is `{{#name}}`, about a variable. */
export const BLOCKS = ['if', 'unless', 'each', 'with'] as const;

/** All names that Handlebars takes for a helper where a helper can stand. */
export const HELPERS = [...BLOCKS, 'lookup', 'log'] as const;

/** Names in `as |item index|` that can be seen here. */
interface Named {
  readonly has: (name: string) => boolean;
}

/** The one of `helpers` that a head names. A name of `as |if|` wins, and `this.if` is a variable. */
export function helperOf<Name extends string>(
  path: Expression,
  helpers: readonly Name[],
  named: Named,
): Name | undefined {
  const { data, depth, parts, original } = headOf(path);
  const [first = ''] = parts;
  if (data || depth > 0 || parts.length !== 1 || /^(?:\.|this\b)/.test(original)) return undefined;
  return named.has(first) ? undefined : helpers.find((name) => name === first);
}

/** The head of a statement as a path: there even a literal is a name, as in `{{"customer tier"}}`. */
export function headOf(head: Expression): PathExpression {
  if (head.type === 'PathExpression') return head;
  const name = nameOf(head);
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name };
}

/** A variable, helper or partial as it is written. */
export function nameOf(expression: Expression): string {
  switch (expression.type) {
    case 'PathExpression':
      return expression.original;
    case 'NullLiteral':
      return 'null';
    case 'UndefinedLiteral':
      return 'undefined';
    case 'SubExpression':
      return `(${[expression.path, ...expression.params].map(nameOf).join(' ')})`;
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return String(expression.value);
  }
}

/** The inline partials that a template or block defines, wherever in it: `{{#*inline "row"}}`. */
export function inlinePartials({ body }: Program): readonly (readonly [string, Program])[] {
  return body.flatMap((statement) => {
    if (statement.type !== 'DecoratorBlock' || nameOf(statement.path) !== 'inline') return [];
    const { params, program } = statement;
    const [name] = params;
    return name?.type === 'StringLiteral' && program ? [[name.value, program] as const] : [];
  });
}

/** Both count from 1. */
export function placeOf({ loc }: Located): { readonly line: number; readonly column: number } {
  return { line: loc.start.line, column: loc.start.column + 1 };
}
