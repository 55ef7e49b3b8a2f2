/**
 * Returns a test for IAM's wildcards: `*` stands for any text, also an empty one, `?` for one
 * character. Throws an Error if the pattern holds a policy variable: variables are not resolved here,
 * and as plain text they would match nothing without a warning.
 */
export function patternMatcher(pattern: string): (text: string) => boolean {
  if (pattern.includes('${')) throw new Error(`policy variables are not supported: ${pattern}`);
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(text);
}

const ARN_PARTS = 6;

/** As `patternMatcher`, part by part: a wildcard does not match across the first five colons. */
export function arnMatcher(pattern: string): (arn: string) => boolean {
  const matchers = arnParts(pattern).map(patternMatcher);
  return (arn) => {
    const parts = arnParts(arn);
    return (
      parts.length === matchers.length && matchers.every((matches, index) => matches(parts[index] ?? ''))
    );
  };
}

/** `arn`, partition, service, region, account, and the resource with its own colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}
