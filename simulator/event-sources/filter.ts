import { compileEventPattern } from '../event-pattern/event-pattern.ts';
import { isJsonObject, type JsonObject } from '../gateway/protocols.ts';

/** A record as a filter sees it: its metadata, and its content as text. */
export interface FilterableRecord {
  readonly metadata: JsonObject;
  readonly content: string;
}

/**
 * A mapping's filter criteria: a record passes if it matches one of them. Without criteria, every
 * record passes.
 *
 * `contentKey` is what patterns call the content: `body` for SQS, `data` for Kinesis. A pattern that
 * looks into it sees the parsed JSON, so content that is not JSON does not match; a pattern for the
 * whole content sees the text. Throws if a pattern is not valid.
 *
 * Source: Lambda developer guide, "Control which events Lambda sends to your function".
 */
export function compileFilter(
  patterns: readonly string[],
  contentKey: 'body' | 'data',
): (record: FilterableRecord) => boolean {
  if (patterns.length === 0) return () => true;
  const tests = patterns.map((text) => {
    const pattern: unknown = JSON.parse(text);
    const looksInside = isJsonObject(pattern) && isJsonObject(pattern[contentKey]);
    const test = compileEventPattern(pattern);
    return ({ metadata, content }: FilterableRecord) => {
      if (!looksInside) return test({ ...metadata, [contentKey]: content });
      const parsed = findJson(content);
      return parsed !== undefined && test({ ...metadata, [contentKey]: parsed });
    };
  });
  return (record) => tests.some((test) => test(record));
}

/** Undefined if the content is not JSON: no pattern that looks inside matches it. */
function findJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
