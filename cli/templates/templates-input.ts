import { z } from 'zod';
import { InputError, UsageError } from '../command.ts';
import { PLACE_OPTIONS } from '../place.ts';
import { readText, reasonOf } from './read-text.ts';

/** A subject or part, and where it is from: `mail.html`, `the subject`. */
export interface Part {
  readonly template: string;
  readonly where: string;
}

export interface Parts {
  readonly subject?: Part | undefined;
  readonly html?: Part | undefined;
  readonly text?: Part | undefined;
}

export const PART_OPTIONS = {
  subject: { type: 'string' },
  html: { type: 'string' },
  text: { type: 'string' },
  file: { type: 'string' },
} as const;

export const COMMON_OPTIONS = { ...PLACE_OPTIONS, json: { type: 'boolean' } } as const;

const V2 = z.object({
  Subject: z.string().optional(),
  Html: z.string().optional(),
  Text: z.string().optional(),
});
const V1 = z.object({
  SubjectPart: z.string().optional(),
  HtmlPart: z.string().optional(),
  TextPart: z.string().optional(),
});

/** The template that options name, as far as they do. Throws UsageError, or InputError for a file. */
export function partsGiven({
  file,
  subject,
  html,
  text,
}: Partial<Record<keyof typeof PART_OPTIONS, string>>): Parts {
  if (file !== undefined) {
    if (subject !== undefined || html !== undefined || text !== undefined) {
      throw new UsageError('--file has subject and parts: leave out --subject, --html and --text');
    }
    return partsIn(file);
  }
  return {
    ...(subject !== undefined && { subject: { template: subject, where: 'the subject' } }),
    ...(html !== undefined && { html: { template: readText(html), where: html } }),
    ...(text !== undefined && { text: { template: readText(text), where: text } }),
  };
}

function partsIn(file: string): Parts {
  const parts = partsInJson(readJson(file), file);
  if (parts) return parts;
  throw new InputError(
    `${file}: not a template: it must have "Subject", and "Html" or "Text", all of them texts`,
  );
}

/**
 * `{ TemplateContent: { Subject, Html, Text } }`, that without its cover, or what `GetTemplate` of SES v1 answers.
 * Undefined for other JSON.
 */
export function partsInJson(value: unknown, file: string): Parts | undefined {
  const json = z.record(z.string(), z.unknown()).safeParse(value);
  const given = json.data?.['TemplateContent'] ?? json.data?.['Template'] ?? json.data;
  const v2 = V2.safeParse(given);
  const v1 = V1.safeParse(given);
  const subject = v2.data?.Subject ?? v1.data?.SubjectPart;
  const html = v2.data?.Html ?? v1.data?.HtmlPart;
  const text = v2.data?.Text ?? v1.data?.TextPart;
  if (!v1.success || !v2.success || subject === undefined || (html ?? text) === undefined) return undefined;
  const part = (what: string, template: string | undefined) =>
    template === undefined ? undefined : { template, where: `${file}, ${what}` };
  return { subject: part('subject', subject), html: part('HTML', html), text: part('text', text) };
}

/** The one NAME that a subcommand needs. */
export function nameIn(positionals: readonly string[]): string {
  const [name, ...others] = positionals;
  if (name === undefined) throw new UsageError('which template?');
  if (others.length > 0) throw new UsageError(`one template at a time, and not ${others.join(' ')} as well`);
  // As the last part of an address these would name another thing.
  if (/^\.{0,2}$/.test(name)) throw new UsageError(`"${name}" is no name of a template`);
  return name;
}

export function queueOrAgent(option: string, value: string): 'queue' | 'agent' {
  if (value === 'queue' || value === 'agent') return value;
  throw new UsageError(`--${option} ${value} is neither queue nor agent`);
}

/** Throws InputError. */
export function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: no JSON (${reasonOf(error)})`, { cause: error });
  }
}
