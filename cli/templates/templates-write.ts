import type { TemplatesWork } from './work.ts';
import { parseArgs } from 'node:util';
import { EXIT, UsageError } from '../command.ts';
import { partsOfTemplate, refuseUnusable, wholeTemplate } from './templates-check.ts';
import { COMMON_OPTIONS, nameIn, type Parts, PART_OPTIONS, partsGiven } from './templates-input.ts';
import { configuredTemplates } from './templates-place.ts';
import { warningsIn } from './templates-warnings.ts';

const OPTIONS = { ...COMMON_OPTIONS, ...PART_OPTIONS, force: { type: 'boolean', default: false } } as const;

const UNLESS_FORCED = 'Mails would be written with our own template instead. --force keeps it as it is.';

/** `vmx templates create` */
export async function createTemplate(args: readonly string[], work: TemplatesWork): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const name = nameIn(positionals);
  const parts = partsGiven(values);
  const template = wholeTemplate(parts);
  if (!values.force) refuseUnusable(parts, UNLESS_FORCED);
  const ses = await configuredTemplates(values, work);

  await ses.create(name, template);

  const hint = `A flow asks for it with the attribute email_template = ${name}.`;
  report({ name, done: 'created', parts, isJson: values.json, hint }, work);
  return EXIT.ok;
}

/** `vmx templates update` */
export async function updateTemplate(args: readonly string[], work: TemplatesWork): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const name = nameIn(positionals);
  const given = partsGiven(values);
  if (Object.keys(given).length === 0)
    throw new UsageError('what is to change: --subject, --html, --text or --file?');
  if (!values.force) refuseUnusable(given, UNLESS_FORCED);
  const ses = await configuredTemplates(values, work);

  const before = values.file === undefined ? partsOfTemplate(await ses.read(name)) : {};
  const parts = { ...before, ...given };
  await ses.replace(name, wholeTemplate(parts));

  report(
    {
      name,
      done: 'updated',
      parts,
      isJson: values.json,
      hint: 'Mails are written with it within five minutes.',
    },
    work,
  );
  return EXIT.ok;
}

/** `vmx templates delete` */
export async function deleteTemplate(args: readonly string[], work: TemplatesWork): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...COMMON_OPTIONS, yes: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const name = nameIn(positionals);
  if (!values.yes) {
    throw new UsageError(
      `--yes deletes ${name} permanently; mails that ask for it are then written with our own template`,
    );
  }
  const ses = await configuredTemplates(values, work);

  // SES need not complain about a name that it does not know.
  await ses.read(name);
  await ses.remove(name);

  report({ name, done: 'deleted', parts: {}, isJson: values.json }, work);
  return EXIT.ok;
}

interface Report {
  readonly name: string;
  readonly done: 'created' | 'updated' | 'deleted';
  readonly parts: Parts;
  readonly isJson: boolean | undefined;
  readonly hint?: string;
}

function report({ name, done, parts, isJson, hint }: Report, { terminal }: TemplatesWork): void {
  const warnings = done === 'deleted' ? [] : warningsIn(parts);
  if (isJson) return terminal.out(JSON.stringify({ name, done, warnings }, null, 2));
  terminal.out([`${name} is ${done}.`, hint ?? ''].join(' ').trimEnd());
  for (const warning of warnings) terminal.err(`Note: ${warning}`);
}
