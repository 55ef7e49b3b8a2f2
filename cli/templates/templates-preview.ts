import type { TemplatesWork } from './work.ts';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type RenderedEmail, renderEmail } from '../../src/domain/email/email.ts';
import { EXIT, InputError, UsageError } from '../command.ts';
import { partsOfTemplate, refuseUnusable, variablesOf, wholeTemplate } from './templates-check.ts';
import { COMMON_OPTIONS, type Parts, PART_OPTIONS, partsGiven, queueOrAgent } from './templates-input.ts';
import { requirePart, templateNamed } from './templates-read.ts';
import { isIn, sampleVariables, variablesIn } from './templates-sample.ts';
import { warningsIn } from './templates-warnings.ts';

const OPTIONS = {
  ...COMMON_OPTIONS,
  ...PART_OPTIONS,
  default: { type: 'string' },
  data: { type: 'string' },
  for: { type: 'string' },
  part: { type: 'string' },
  out: { type: 'string' },
} as const;

/**
 * `vmx templates preview`: the mail goes to standard output or into files, notes about it to standard error.
 */
export async function previewTemplate(args: readonly string[], work: TemplatesWork): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const whose = queueOrAgent('for', values.for ?? values.default ?? 'queue');
  const part = partNamed(values.part);
  const given = partsGiven(values);
  const variables = values.data === undefined ? sampleVariables(whose) : variablesIn(values.data, whose);
  const parts = await partsToPreview(given, { positionals, ...values }, work);
  refuseUnusable(parts);

  const mail = renderEmail(wholeTemplate(parts), variables);

  const unknown = variablesOf(parts).filter((name) => !isIn(variables, name));
  const warnings = warningsIn(parts);
  const { out, err } = work.terminal;
  if (values.json) {
    out(JSON.stringify({ ...mail, unknown, warnings }, null, 2));
    return EXIT.ok;
  }
  if (mail.subject) err(`Subject: ${mail.subject}`);
  for (const remark of remarksOn(mail, unknown)) err(remark);
  for (const warning of warnings) err(`Note: ${warning}`);
  if (values.out === undefined) out(requirePart(mail, part ?? (mail.html ? 'html' : 'text')));
  else err(`Written: ${write(mail, values.out).join(', ')}`);
  return EXIT.ok;
}

function partNamed(part: string | undefined): 'html' | 'text' | undefined {
  if (part === undefined || part === 'html' || part === 'text') return part;
  throw new UsageError(`--part ${part} is neither html nor text`);
}

/** Files, or what SES or we have. A preview needs no subject. */
async function partsToPreview(
  given: Parts,
  asked: Parameters<typeof templateNamed>[0],
  work: TemplatesWork,
): Promise<Parts> {
  if (Object.keys(given).length > 0) {
    if (asked.positionals.length > 0 || asked.default !== undefined) {
      throw new UsageError('a template of SES, our own with --default, or files: one of them');
    }
    return { subject: { template: '', where: 'the subject' }, ...given };
  }
  const { template } = await templateNamed(asked, work);
  return partsOfTemplate(template);
}

function remarksOn({ missing }: RenderedEmail, unknown: readonly string[]): readonly string[] {
  return [
    ...(missing.length > 0 ? [`Missing, a dash in their place: ${missing.map(inBraces).join(', ')}`] : []),
    ...(unknown.length > 0
      ? [`Neither ours nor in the data, so the contact must have them: ${unknown.map(inBraces).join(', ')}`]
      : []),
  ];
}

function inBraces(name: string): string {
  return `{{${name}}}`;
}

/** The names of the files. Throws InputError. */
function write({ html, text }: RenderedEmail, file: string): readonly string[] {
  const base = file.replace(/\.(?:html?|txt)$/i, '');
  const files: [string, string | undefined][] = [
    [/\.html?$/i.test(file) ? file : `${base}.html`, html],
    [`${base}.txt`, text],
  ];
  const written: string[] = [];
  for (const [name, content] of files) {
    if (content === undefined) continue;
    try {
      writeFileSync(name, content);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InputError(`${name}: cannot be written (${reason})`, { cause: error });
    }
    written.push(name);
  }
  return written;
}
