/** The part of dynalite that is used here; it comes without types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A server that speaks DynamoDB's protocol, not listening yet. Absent `path`: in memory. */
  function dynalite(options: {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
    path?: string;
  }): Server;

  export = dynalite;
}

/** Its parsers for expressions: of conditions and filters, and of updates. */
declare module 'dynalite/db/conditionParser.js' {
  /** Names and values of a request. What an expression uses is taken off the unused. */
  export interface ExpressionContext {
    readonly attrNames?: Readonly<Record<string, string>>;
    readonly attrVals?: Readonly<Record<string, object>>;
    readonly unusedAttrNames: Record<string, boolean>;
    readonly unusedAttrVals: Record<string, boolean>;
  }
  export interface ExpressionParser {
    /** Returns a message if the expression is wrong, or throws a SyntaxError. */
    parse: (text: string, options: { readonly context: ExpressionContext }) => object | string;
  }
  const conditionParser: ExpressionParser;
  export default conditionParser;
}

declare module 'dynalite/db/updateParser.js' {
  import type { ExpressionParser } from 'dynalite/db/conditionParser.js';

  const updateParser: ExpressionParser;
  export default updateParser;
}
