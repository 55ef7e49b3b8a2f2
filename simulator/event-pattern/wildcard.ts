import { invalidPattern } from './pattern-error.ts';

/** Characters that mean something in a regular expression. */
const SYNTAX = /[$()*+.?[\\\]^{|}]/;

/**
 * `*` stands for any characters or none; `\*` and `\\` for themselves. Two stars in a
 * row and any other use of the backslash are refused.
 */
export function wildcardTest(text: string, path: string): (value: string) => boolean {
  let source = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '*') {
      if (next === '*') throw invalidPattern(`Consecutive wildcard characters at pos ${index}`, path);
      source += '[\\s\\S]*';
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\')
        throw invalidPattern(`Invalid escape character at pos ${index}`, path);
      source += `\\${next}`;
      index += 1;
    } else {
      source += character.replace(SYNTAX, '\\$&');
    }
  }
  const expression = new RegExp(`^${source}$`);
  return (value) => expression.test(value);
}
