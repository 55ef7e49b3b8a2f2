import { placeAt, type TemplateProblem } from '../../src/domain/email/email-template-syntax.ts';
import { isOurs, meantVariable } from './templates-sample.ts';

/** A variable as other programs write it. */
interface Style {
  /** Its first group is the name. */
  readonly pattern: RegExp;
  /** Only a name that is like one of ours counts: the same signs are often something else. */
  readonly isOften?: true;
  readonly why?: string;
}

const NOT_A_VARIABLE = 'is no variable, and is sent as it is';

const NAME = String.raw`\s*([\p{L}_][\p{L}\p{N}_.-]{0,60})\s*`;
const TAGS = String.raw`\s*(?:<[^<>]{0,500}>\s*)`;

const STYLES: readonly Style[] = [
  // {<b>{caller}</b>}
  {
    pattern: new RegExp(String.raw`\{${TAGS}{1,9}\{?${TAGS}{0,9}${NAME}`, 'gu'),
    why: 'has markup between its braces, so it is no variable, and is sent as it is',
  },
  { pattern: new RegExp(String.raw`\$\{${NAME}\}`, 'gu') },
  { pattern: new RegExp(String.raw`(?<![{$#])\{${NAME}\}(?!\})`, 'gu') },
  { pattern: new RegExp(String.raw`\[\[${NAME}\]\]`, 'gu') },
  { pattern: new RegExp(String.raw`<%[=-]?${NAME}[=-]?%>`, 'gu') },
  { pattern: new RegExp(String.raw`\{%${NAME}%\}`, 'gu') },
  { pattern: new RegExp(String.raw`\*\|${NAME}\|\*`, 'gu') },
  { pattern: new RegExp(String.raw`(?:<<|&lt;&lt;)${NAME}(?:>>|&gt;&gt;)`, 'gu') },
  {
    pattern: new RegExp(
      String.raw`(?:&#123;|&lcub;|&lbrace;){1,3}${NAME}(?:&#125;|&rcub;|&rbrace;){1,3}`,
      'gu',
    ),
  },
  { pattern: new RegExp(`%${NAME}%`, 'gu'), isOften: true },
];

/** What is Handlebars', or a style sheet's or script's own braces. */
const OTHERS = /\{\{~?!--[^]*?--~?\}\}|\{\{[^]*?\}\}+|<style\b[^]*?<\/style>|<script\b[^]*?<\/script>/gi;

/** Variables that are not written as in Handlebars, and so would be sent as they are. */
export function placeholdersIn(template: string): readonly TemplateProblem[] {
  const text = template.replaceAll(OTHERS, (other) => other.replaceAll(/[^\r\n]/g, ' '));
  const taken = new Set<number>();
  const found: TemplateProblem[] = [];
  for (const { pattern, isOften, why = NOT_A_VARIABLE } of STYLES) {
    for (const { 0: written, 1: name = '', index } of text.matchAll(pattern)) {
      const meant = isOurs(name) ? name : meantVariable(name);
      if (taken.has(index + written.indexOf(name)) || (isOften && meant === undefined)) continue;
      taken.add(index + written.indexOf(name));
      const words = `${written.trim()} ${why}. Did you mean {{${meant ?? name}}}?`;
      found.push({ ...placeAt(template, index), why: words });
    }
  }
  return found.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
