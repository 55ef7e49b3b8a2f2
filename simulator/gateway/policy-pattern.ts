/** What is known about a request: the value or values of each condition key. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

/** Whether a text fits a pattern. The context is what policy variables stand for. */
export type TextTest = (text: string, context?: ConditionContext) => boolean;

/** How far a wildcard reaches, by the pattern and where in it the wildcard is. */
type Reach = (pattern: string, index: number) => 'any text' | 'no colon';

const WHOLE: Reach = () => 'any text';

/** `${aws:username}`, `${aws:username, 'nobody'}`, and `${*}` for a star that is no wildcard. */
const VARIABLE = /\$\{([^}]+)\}/;
const TOKEN = /(\$\{[^}]+\}|[*?])/;

/**
 * Returns a test for IAM's wildcards: `*` stands for any text, also an empty one, `?` for one character. A policy
 * variable stands for the value of its key, in which nothing is a wildcard; one without a value fits no text.
 *
 * Source: AWS IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function patternMatcher(pattern: string): TextTest {
  return matcher(pattern, WHOLE);
}

/** As `patternMatcher`, without wildcards. */
export function textMatcher(wanted: string): TextTest {
  if (!VARIABLE.test(wanted)) return (text) => text === wanted;
  return (text, context = {}) => resolved(wanted, context)?.join('') === text;
}

const ARN_PARTS = 6;

/**
 * A test for `Resource`. In the first five parts of an ARN a wildcard stays within its part, but a star at the end
 * of one runs on: `arn:aws:sqs:*:deliveries` fits the queue in each Region and account. In the last part wildcards
 * match colons too, as keys of objects may have them.
 *
 * Source: AWS IAM User Guide, "IAM JSON policy elements: Resource", which says so of all but the last part.
 */
export function resourceMatcher(pattern: string): TextTest {
  return matcher(pattern, (text, index) => {
    const next = text[index + 1];
    const runsOn = text[index] === '*' && (next === undefined || next === ':');
    const isLastPart = text.slice(0, index).split(':').length >= ARN_PARTS;
    return runsOn || isLastPart ? 'any text' : 'no colon';
  });
}

/**
 * As `patternMatcher`, part by part: a wildcard does not match across the first five colons. Source: AWS IAM User
 * Guide, "Amazon Resource Name (ARN) condition operators".
 */
export function arnMatcher(pattern: string): TextTest {
  const matchers = arnParts(pattern).map(patternMatcher);
  return (arn, context) => {
    const parts = arnParts(arn);
    return (
      parts.length === matchers.length &&
      matchers.every((matches, index) => matches(parts[index] ?? '', context))
    );
  };
}

/** `arn`, partition, service, region, account, and the resource with its own colons, also those of a variable. */
function arnParts(arn: string): string[] {
  const parts = arn.split(/:(?![^{]*\})/);
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

function matcher(pattern: string, reach: Reach): TextTest {
  if (!TOKEN.test(pattern)) return (text) => text === pattern;
  if (!VARIABLE.test(pattern)) {
    const expression = expressionOf(pattern, {}, reach);
    return (text) => expression?.test(text) ?? false;
  }
  return (text, context = {}) => expressionOf(pattern, context, reach)?.test(text) ?? false;
}

/** Undefined: a variable has no value. */
function expressionOf(pattern: string, context: ConditionContext, reach: Reach): RegExp | undefined {
  let at = 0;
  let source = '';
  for (const token of pattern.split(TOKEN)) {
    const isWildcard = token === '*' || token === '?';
    const text = isWildcard ? '' : resolved(token, context)?.join('');
    if (text === undefined) return undefined;
    const one = reach(pattern, at) === 'any text' ? '.' : '[^:]';
    source += isWildcard ? `${one}${token === '*' ? '*' : ''}` : RegExp.escape(text);
    at += token.length;
  }
  return new RegExp(`^${source.replaceAll(/(?:\.\*)+/g, '.*')}$`, 'su');
}

/** The pieces of a text with its variables replaced. Undefined: one has no value. */
function resolved(text: string, context: ConditionContext): readonly string[] | undefined {
  const pieces = text.split(/(\$\{[^}]+\})/).map((piece) => {
    const inside = VARIABLE.exec(piece)?.[1];
    return inside === undefined ? piece : valueOf(inside, context);
  });
  return pieces.some((piece) => piece === undefined) ? undefined : pieces.map(String);
}

/** A key with several values stands for none. */
function valueOf(inside: string, context: ConditionContext): string | undefined {
  if (['*', '?', '$'].includes(inside)) return inside;
  const [, key = '', otherwise] = /^([^,]+?)\s*(?:,\s*'(.*)')?$/.exec(inside) ?? [];
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  const values = found ? [found[1]].flat() : [];
  return values.length === 1 ? values[0] : otherwise;
}
