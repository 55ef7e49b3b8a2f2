import Handlebars from 'handlebars';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import { badRequest, findText, notFound, requireText } from './input.ts';

interface StoredTemplate {
  readonly name: string;
  readonly createdMs: number;
  readonly content: TemplateContent;
}

export interface TemplateContent {
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

/** The templates of the account. They may hold 500 KB each. Source: SES developer guide, quotas. */
export interface TemplateStore {
  readonly all: () => readonly StoredTemplate[];
  /** Throws AwsError NotFoundException. */
  readonly require: (name: string) => StoredTemplate;
  /** Throws AwsError AlreadyExistsException. */
  readonly add: (template: StoredTemplate) => void;
  /** Throws AwsError NotFoundException. */
  readonly replace: (name: string, content: TemplateContent) => void;
  readonly remove: (name: string) => void;
}

const LARGEST_TEMPLATE_BYTES = 500 * 1024;

export function createTemplateStore(): TemplateStore {
  const templates = new Map<string, StoredTemplate>();

  function requireTemplate(name: string): StoredTemplate {
    const template = templates.get(name);
    if (!template) throw notFound(`Template ${name} does not exist.`);
    return template;
  }

  return {
    all: () => [...templates.values()].toSorted((a, b) => b.createdMs - a.createdMs),
    require: requireTemplate,
    add(template) {
      if (templates.has(template.name)) {
        throw new AwsError('AlreadyExistsException', 400, `Template ${template.name} already exists.`);
      }
      templates.set(template.name, template);
    },
    replace: (name, content) => void templates.set(name, { ...requireTemplate(name), content }),
    remove: (name) => void templates.delete(name),
  };
}

export function contentIn(given: JsonObject): TemplateContent {
  const text = findText(given, 'Text');
  const html = findText(given, 'Html');
  const content = { subject: requireText(given, 'Subject'), ...(text && { text }), ...(html && { html }) };
  if (text === undefined && html === undefined)
    throw badRequest('Template must have a text or an HTML part.');
  if (Buffer.byteLength(JSON.stringify(content)) > LARGEST_TEMPLATE_BYTES) {
    throw badRequest('Template size exceeds the limit of 500 KB.');
  }
  for (const part of Object.values(content)) refuseBrokenTemplate(part);
  return content;
}

export function contentOut({ subject, text, html }: TemplateContent) {
  return { Subject: subject, ...(text && { Text: text }), ...(html && { Html: html }) };
}

/** `TemplateData`: JSON in a string. */
export function templateDataIn(json: string | undefined): JsonObject {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest('TemplateData is not a JSON object.');
}

/**
 * Fills in a template. Values are not escaped, also in the HTML part.
 *
 * A variable that is not in the data is an error, with `reason` in SES's words. It is as strict as
 * Handlebars' strict mode: a variable that only `{{#if}}` uses counts too.
 */
export function renderTemplate(
  content: TemplateContent,
  data: JsonObject,
): { content: TemplateContent } | { reason: string } {
  try {
    const filled = ([part, template]: [string, string]) => [
      part,
      Handlebars.compile(template, { strict: true, noEscape: true })(data),
    ];
    const { subject = '', ...parts } = Object.fromEntries(Object.entries(content).map(filled));
    return { content: { subject, ...parts } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, name] = /^"(.*)" not defined in/.exec(message) ?? [];
    return { reason: name ? `Attribute '${name}' is not present in the rendering data.` : message };
  }
}

function refuseBrokenTemplate(template: string): void {
  try {
    Handlebars.parse(template);
  } catch (error) {
    throw badRequest(`Template is not valid: ${error instanceof Error ? error.message : String(error)}`);
  }
}
