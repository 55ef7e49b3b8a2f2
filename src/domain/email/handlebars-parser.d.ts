/**
 * The parser of Handlebars, without its compiler. It returns data; only the parts of the tree that we use
 * are described.
 */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  /** Throws an Error that says where and why. */
  export function parse(template: string): Program;

  /** Works on one template at a time; after an error, the lexer is still where it stopped. */
  export const parser: {
    readonly lexer: {
      /** The text where it stopped; empty at the end. */
      readonly match: string;
      /** Lines count from 1, columns from 0. */
      readonly yylloc: { readonly first_line: number; readonly first_column: number };
    };
  };

  export interface Program {
    readonly body: readonly Statement[];
    /** The names in `as |item index|`. */
    readonly blockParams?: readonly string[] | undefined;
  }

  export type Statement = Located &
    (
      | { readonly type: 'ContentStatement'; readonly value: string }
      | { readonly type: 'CommentStatement' }
      | ({ readonly type: 'MustacheStatement' } & Call)
      | ({ readonly type: 'BlockStatement' } & Block)
      | ({ readonly type: 'DecoratorBlock' } & Block)
      | ({ readonly type: 'PartialStatement' } & Partial)
      | { readonly type: 'Decorator' | 'PartialBlockStatement' }
    );

  export interface Located {
    /** Lines count from 1, columns from 0. */
    readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  }

  export interface Call {
    readonly path: Expression;
    readonly params: readonly Expression[];
    readonly hash?: Hash | undefined;
  }

  /** `name=value` */
  export interface Hash {
    readonly pairs: readonly { readonly key: string; readonly value: Expression }[];
  }

  export interface Block extends Call {
    readonly program?: Program | undefined;
    /** What comes after `{{else}}`. */
    readonly inverse?: Program | undefined;
  }

  export interface Partial {
    readonly name: Expression;
    readonly params: readonly Expression[];
    readonly hash?: Hash | undefined;
    /** The space before it, if it stands alone in its line: each line of the partial begins with it. */
    readonly indent?: string | undefined;
  }

  export type Expression =
    | PathExpression
    | { readonly type: 'StringLiteral'; readonly value: string }
    | { readonly type: 'NumberLiteral'; readonly value: number }
    | { readonly type: 'BooleanLiteral'; readonly value: boolean }
    | { readonly type: 'UndefinedLiteral' | 'NullLiteral' }
    | ({ readonly type: 'SubExpression' } & Call);

  export interface PathExpression {
    readonly type: 'PathExpression';
    /** `@index` */
    readonly data: boolean;
    /** How often `../` stands before it, after `@` too: `@../index`. */
    readonly depth: number;
    /** Without `this`. */
    readonly parts: readonly string[];
    /** As it was written, without brackets. */
    readonly original: string;
  }
}
