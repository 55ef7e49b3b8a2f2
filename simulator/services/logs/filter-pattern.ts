import { AwsError } from '../../service.ts';
import { invalid } from './input.ts';
import { jsonPattern } from './json-pattern.ts';

/** Whether a pattern fits the message of an event. */
export type MessageTest = (message: string) => boolean;

const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;

/**
 * Reads a filter pattern: terms that all have to be in a message, `?term` of which one has to be, `-term` that must
 * not be, each also in quotes; or `{ $.level = "ERROR" }` for messages in JSON. An empty one fits everything. Case
 * counts. Next to other terms those with `?` count for nothing, as on AWS.
 *
 * Throws AwsError InvalidParameterException, and UnknownOperationException for what is not simulated: regular
 * expressions and columns. Source: CloudWatch Logs user guide, "Filter pattern syntax".
 */
export function filterPattern(pattern: string): MessageTest {
  const text = pattern.trim();
  if (text.startsWith('[')) throw notSimulated(pattern, 'columns of a message');
  if (/%\S/.test(text)) throw notSimulated(pattern, 'regular expressions');
  if (text.startsWith('{')) return jsonPattern(text);
  const terms = termsIn(text);
  const required = terms.filter(({ kind }) => kind === '');
  const excluded = terms.filter(({ kind }) => kind === '-');
  if (required.length + excluded.length === 0) {
    return (message) => terms.length === 0 || terms.some(({ term }) => message.includes(term));
  }
  return (message) =>
    required.every(({ term }) => message.includes(term)) &&
    !excluded.some(({ term }) => message.includes(term));
}

function termsIn(text: string): readonly { readonly kind: string; readonly term: string }[] {
  const terms: { kind: string; term: string }[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const [, kind = '', quoted, plain = ''] = TERM.exec(text) ?? [];
    const term = quoted?.replaceAll(/\\(.)/gs, '$1') ?? plain;
    if (term === '') throw invalid(`Invalid character(s) in term '${text}'`);
    if (quoted === undefined && !/^[\w.*$:/@=,;|#+!&()\\[\]{}<>'-]+$/.test(plain)) {
      throw invalid(`Invalid character(s) in term '${plain}'`);
    }
    terms.push({ kind, term });
  }
  return terms;
}

function notSimulated(pattern: string, what: string): AwsError {
  const message = `FilterLogEvents: the simulator does not know filter patterns with ${what}: ${pattern}`;
  return new AwsError('UnknownOperationException', 501, message);
}
