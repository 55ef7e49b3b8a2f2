import type { TemplatesWork } from './work.ts';
import { parseArgs } from 'node:util';
import type { EmailTemplate } from '../../src/domain/email/email.ts';
import { defaultTemplate } from '../../src/domain/email/email-templates.ts';
import { EXIT, RefusedError, UsageError } from '../command.ts';
import { partsOfTemplate, variablesOf } from './templates-check.ts';
import { COMMON_OPTIONS, nameIn, queueOrAgent } from './templates-input.ts';
import type { PlaceOptions } from '../place.ts';
import { configuredTemplates } from './templates-place.ts';

/** `vmx templates list` */
export async function listTemplates(args: readonly string[], work: TemplatesWork): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: COMMON_OPTIONS });
  const ses = await configuredTemplates(values, work);

  const entries = await ses.list();

  const { out } = work.terminal;
  if (values.json) out(JSON.stringify(entries, null, 2));
  else if (entries.length === 0) out('There are no templates in SES: mails are written with our own.');
  else {
    const width = Math.max(...entries.map(({ name }) => name.length));
    out(
      entries.map(({ name, createdIso }) => `${name.padEnd(width)}  ${createdIso.slice(0, 10)}`).join('\n'),
    );
  }
  return EXIT.ok;
}

/** `vmx templates show` */
export async function showTemplate(args: readonly string[], work: TemplatesWork): Promise<number> {
  const options = {
    ...COMMON_OPTIONS,
    default: { type: 'string' },
    html: { type: 'boolean' },
    text: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if ([values.html, values.text, values.json].filter(Boolean).length > 1) {
    throw new UsageError('one of --html, --text and --json');
  }

  const { name, template } = await templateNamed({ positionals, ...values }, work);

  const { out } = work.terminal;
  if (values.json) out(asSesHasIt(name, template));
  else if (values.html) out(requirePart(template, 'html'));
  else if (values.text) out(requirePart(template, 'text'));
  else out(overviewOf(template));
  return EXIT.ok;
}

interface Asked extends PlaceOptions {
  readonly positionals: readonly string[];
  readonly default?: string | undefined;
}

/** NAME out of SES, or our own with `--default`. Throws UsageError, RefusedError. */
export async function templateNamed(
  { positionals, default: ours, ...options }: Asked,
  work: TemplatesWork,
): Promise<{ readonly name: string; readonly template: EmailTemplate }> {
  if (ours === undefined) {
    const name = nameIn(positionals);
    const ses = await configuredTemplates(options, work);
    return { name, template: await ses.read(name) };
  }
  if (positionals.length > 0) throw new UsageError('NAME or --default, not both');
  const whose = queueOrAgent('default', ours);
  return { name: `voicemail-${whose}`, template: defaultTemplate(whose) };
}

/** Throws RefusedError if the template has no such part. */
export function requirePart(mail: Pick<EmailTemplate, 'html' | 'text'>, part: 'html' | 'text'): string {
  const found = mail[part];
  if (!found) throw new RefusedError(`the template has no ${part === 'html' ? 'HTML' : 'text'} part`);
  return found;
}

/** What `--file` reads, and the AWS command line with `--cli-input-json`. */
function asSesHasIt(name: string, { subject, html, text }: EmailTemplate): string {
  const content = { Subject: subject, ...(html && { Html: html }), ...(text && { Text: text }) };
  return JSON.stringify({ TemplateName: name, TemplateContent: content }, null, 2);
}

function overviewOf(template: EmailTemplate): string {
  const { subject, html, text } = template;
  const variables = variablesOf(partsOfTemplate(template)).map((variable) => `{{${variable}}}`);
  return [
    `Subject    ${subject}`,
    `Variables  ${variables.join(' ') || 'none'}`,
    ...(text ? ['', '--- text ---', text.trimEnd()] : []),
    ...(html ? ['', '--- HTML ---', html.trimEnd()] : []),
  ].join('\n');
}
