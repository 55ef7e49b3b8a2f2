import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { attachmentsIn } from './attachments.ts';
import { badRequest, findObject, findText, isText, listOf, requireObject, requireText } from './input.ts';
import { addressOf, recipientsOf } from './mail.ts';
import type { AskedMail, RenderingFailure } from './asked-mail.ts';
import { rawMail } from './raw-message.ts';
import {
  contentIn,
  renderTemplate,
  type TemplateContent,
  templateDataIn,
  type TemplateStore,
} from './template-store.ts';

const MOST_RECIPIENTS = 50;
const MOST_HEADERS = 15;
const LONGEST_TEMPLATE_DATA_CHARS = 262_144;
const LARGEST_MESSAGE_BYTES = 40 * 1024 * 1024;
const HEADER_NAME = /^[!-9;-~]{1,126}$/;
const HEADER_VALUE = /^[ -~]{1,995}$/;
const MAILBOX = /^[^<>\r\n]*<[^\s<>@,]+@[^\s<>@,]+>$|^[^\s<>@,]+@[^\s<>@,]+$/;

/** SES writes these itself. Source: SES API v2 reference, MessageHeader. */
const OWN_HEADERS = new Set(
  'bcc cc content-disposition content-type date from message-id mime-version reply-to return-path subject to'.split(
    ' ',
  ),
);

/** Throws AwsError BadRequestException, NotFoundException. */
export function askedMail(input: JsonObject, templates: TemplateStore): AskedMail {
  const content = requireObject(input, 'Content');
  const [kind, ...others] = Object.keys(content).filter((name) => content[name] !== undefined);
  if ((kind !== 'Simple' && kind !== 'Raw' && kind !== 'Template') || others.length > 0) {
    throw badRequest('Content must have exactly one of Simple, Raw and Template.');
  }
  const mail = kind === 'Raw' ? askedRaw(input, content) : askedParts(input, content, { kind, templates });
  refuseSize(mail);
  return mail;
}

/** What the message says of itself holds, unless the request says it. */
function askedRaw(input: JsonObject, content: JsonObject): AskedMail {
  const { from, to, cc, bcc, replyTo, ...message } = rawMail(requireObject(content, 'Raw'));
  const asked = { ...input, FromEmailAddress: findText(input, 'FromEmailAddress') ?? from };
  if (asked.FromEmailAddress === undefined) throw badRequest("Missing required header 'From'.");
  const common = commonParts(asked);
  const isGiven = recipientsOf(common).length > 0;
  return {
    ...common,
    ...(!isGiven && { to: to.map(mailbox), cc: cc.map(mailbox), bcc: bcc.map(mailbox) }),
    replyTo: replyTo.map(mailbox),
    ...message,
  };
}

/** A message whose parts are members of the request. */
function askedParts(
  input: JsonObject,
  content: JsonObject,
  { kind, templates }: { kind: 'Simple' | 'Template'; templates: TemplateStore },
): AskedMail {
  const message = requireObject(content, kind);
  return {
    ...commonParts(input),
    headers: headersIn(message),
    attachments: attachmentsIn(message),
    content: kind === 'Simple' ? simpleContent(message) : templateContent(message, templates),
  };
}

/** What every kind of message has in the request. */
function commonParts(input: JsonObject): Omit<AskedMail, 'headers' | 'attachments' | 'content'> {
  const destination = findObject(input, 'Destination') ?? {};
  const configurationSet = findText(input, 'ConfigurationSetName');
  const tracking = findObject(findObject(input, 'ConfigurationOverrides') ?? {}, 'Tracking') ?? {};
  return {
    from: mailbox(requireText(input, 'FromEmailAddress')),
    to: mailboxes(destination, 'ToAddresses'),
    cc: mailboxes(destination, 'CcAddresses'),
    bcc: mailboxes(destination, 'BccAddresses'),
    replyTo: mailboxes(input, 'ReplyToAddresses'),
    tags: tagsIn(input),
    ...(configurationSet !== undefined && { configurationSet }),
    isUntracked: tracking['ClickTrackingEnabled'] === 'DISABLED',
  };
}

function mailboxes(input: JsonObject, member: string): string[] {
  return listOf(input, member, isText).map(mailbox);
}

/** The sender must encode text that is not ASCII. */
function mailbox(text: string): string {
  if (!MAILBOX.test(text)) throw badRequest(`Missing final '@domain' or illegal address: ${text}`);
  if (/[^ -~]/.test(addressOf(text))) throw badRequest('Local address contains non-ASCII characters.');
  return text;
}

function headersIn(message: JsonObject): Record<string, string> {
  const headers = listOf(message, 'Headers', isJsonObject);
  if (headers.length > MOST_HEADERS) throw badRequest(`A message may have ${MOST_HEADERS} headers.`);
  return Object.fromEntries(
    headers.map((header) => {
      const [name, value] = [requireText(header, 'Name'), requireText(header, 'Value')];
      if (!HEADER_NAME.test(name) || OWN_HEADERS.has(name.toLowerCase())) {
        throw badRequest(`Invalid header name: ${name}`);
      }
      if (!HEADER_VALUE.test(value)) throw badRequest(`Invalid value of header ${name}.`);
      return [name, value];
    }),
  );
}

function simpleContent(message: JsonObject): TemplateContent {
  const body = requireObject(message, 'Body');
  const text = findObject(body, 'Text');
  const html = findObject(body, 'Html');
  if (!text && !html) throw badRequest('Body must have a text or an HTML part.');
  return {
    subject: requireText(requireObject(message, 'Subject'), 'Data'),
    ...(text && { text: requireText(text, 'Data') }),
    ...(html && { html: requireText(html, 'Data') }),
  };
}

function templateContent(message: JsonObject, templates: TemplateStore): TemplateContent | RenderingFailure {
  const templateName = findText(message, 'TemplateName');
  const inline = findObject(message, 'TemplateContent');
  if ((templateName === undefined) === (inline === undefined)) {
    throw badRequest('Template must have exactly one of TemplateName and TemplateContent.');
  }
  const json = findText(message, 'TemplateData');
  if ((json?.length ?? 0) > LONGEST_TEMPLATE_DATA_CHARS) throw badRequest('TemplateData is too long.');
  const content = inline ? contentIn(inline) : templates.require(templateName ?? '').content;
  const rendered = renderTemplate(content, templateDataIn(json));
  return 'reason' in rendered ? { ...rendered, templateName: templateName ?? 'inline' } : rendered.content;
}

function tagsIn(input: JsonObject): Record<string, string> {
  return Object.fromEntries(
    listOf(input, 'EmailTags', isJsonObject).map((tag) => {
      const [name, value] = [requireText(tag, 'Name'), requireText(tag, 'Value')];
      for (const part of [name, value]) {
        if (!/^[A-Za-z0-9_-]{1,256}$/.test(part)) throw badRequest(`Invalid email tag: ${part}`);
      }
      return [name, value];
    }),
  );
}

function refuseSize(mail: Pick<AskedMail, 'to' | 'cc' | 'bcc' | 'attachments' | 'content'>): void {
  const recipients = recipientsOf(mail).length;
  if (recipients === 0) throw badRequest('Missing required parameter Destination.');
  if (recipients > MOST_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  const fileBytes = mail.attachments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const size = Math.ceil(fileBytes / 3) * 4 + Buffer.byteLength(JSON.stringify(mail.content));
  if (size > LARGEST_MESSAGE_BYTES) {
    throw badRequest(`Message length is more than ${LARGEST_MESSAGE_BYTES} bytes long: '${size}'.`);
  }
}
