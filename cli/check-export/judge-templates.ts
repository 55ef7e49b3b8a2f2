import { extname } from 'node:path';
import { tryTemplate } from '../../src/domain/email/email-template.ts';
import { partsOf, variablesOf } from '../templates/templates-check.ts';
import { type Parts, partsInJson } from '../templates/templates-input.ts';
import { isIn, isOurs, sampleVariables } from '../templates/templates-sample.ts';
import { warningsIn } from '../templates/templates-warnings.ts';
import { type Judgment, notKnown, ok, refused, type Remark, verdictOf, warning } from './judgment.ts';

/** Texts with double braces have other uses too, so the name has to fit. */
const TEMPLATE_ENDINGS = new Set(['.html', '.htm', '.hbs', '.handlebars', '.mustache', '.txt']);
/** SES takes 500 KB for a template. */
const LONGEST_TEMPLATE_CHARS = 1_000_000;
const TELLS_MORE = 'vmx templates preview tells more';

/** A template as SES has it. Undefined if the JSON is none. */
export function judgeTemplates(value: unknown): Judgment | undefined {
  const parts = partsInJson(value, '');
  return parts && { kind: 'email template', remarks: remarksOn(parts) };
}

/** A part of a template. Undefined if the text is none. */
export function judgeHtml(text: string, path: string): Judgment | undefined {
  if (!text.includes('{{') || !TEMPLATE_ENDINGS.has(extname(path).toLowerCase())) return undefined;
  if (text.length > LONGEST_TEMPLATE_CHARS) {
    return { kind: 'email template', remarks: [notKnown('longer than SES takes: not read')] };
  }
  const remarks = remarksOn({ html: { template: text, where: '' } });
  const isOther = verdictOf(remarks) === 'refused' && !namesOurs(text);
  if (isOther) return { kind: 'text', remarks: [notKnown('a template of another kind, and none of email')] };
  return { kind: 'email template', remarks };
}

/** Programs for web pages have double braces too, and other names in them. */
function namesOurs(text: string): boolean {
  const names = [...text.matchAll(/\{\{\{?[#^&]?(?:(?:if|unless|each|with) )?(\w+)/g)];
  return names.some(([, name = '']) => isOurs(name) || name === 'attributes');
}

/** As a mail is filled in, with the sample of `vmx templates preview`. */
function remarksOn(parts: Parts): readonly Remark[] {
  const variables = sampleVariables('queue');
  const problems = partsOf(parts).flatMap(
    ({ template }) => tryTemplate(template, variables, String).problems ?? [],
  );
  const [first] = problems;
  if (first) {
    const { line, column } = first;
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
    return [refused(`cannot be filled: line ${line}, column ${column}${more} (${TELLS_MORE})`)];
  }
  const others = variablesOf(parts).filter((name) => !isIn(variables, name)).length;
  const warnings = warningsIn(parts).length;
  return [
    ...(warnings > 0 ? [warning(`${counted(warnings, 'note')} on how it is filled (${TELLS_MORE})`)] : []),
    ok(others > 0 ? `can be filled; the contact must have ${counted(others, 'attribute')}` : 'can be filled'),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
