import { z } from 'zod';

/** Stands for a value that CloudFormation fills in. No text of ours contains this character. */
export const FILLED_IN = '\uE000';

const Joined = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });

/** A text in a template, with FILLED_IN for each reference. Undefined if a function other than Fn::Join builds it. */
export function templateText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { data } = Joined.safeParse(value);
  return data?.['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : FILLED_IN)).join('');
}

/** Whether a text equals that of the template, with any text in the place of references. */
export function isTextOf(template: string, text: string): boolean {
  const [first = '', ...others] = template.split(FILLED_IN);
  if (others.length === 0) return template === text;
  const last = others.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let rest = text.slice(first.length);
  for (const part of others.slice(0, -1)) {
    const at = rest.indexOf(part);
    if (at === -1) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.length >= last.length;
}
