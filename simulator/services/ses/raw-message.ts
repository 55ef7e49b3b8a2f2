import type { JsonObject } from '../../gateway/protocols.ts';
import { badRequest, requireText } from './input.ts';
import type { MailAttachment } from './mail.ts';
import type { AskedMail } from './asked-mail.ts';
import { headerOf, type MimePart, parseMime, textOf } from './mime.ts';
import type { TemplateContent } from './template-store.ts';

/** What a raw message says itself. */
interface RawMail extends Pick<AskedMail, 'to' | 'cc' | 'bcc' | 'replyTo' | 'headers' | 'attachments'> {
  readonly from: string | undefined;
  readonly content: TemplateContent;
}

/** Headers that SES writes itself, or that became a member here. */
const TAKEN =
  /^(bcc|cc|content-.*|date|dkim-.*|from|message-id|mime-version|reply-to|return-path|subject|to|x-ses-.*)$/i;

/** The message in `Content.Raw`. Throws AwsError BadRequestException. */
export function rawMail(raw: JsonObject): RawMail {
  const message = parseMime(Buffer.from(requireText(raw, 'Data'), 'base64'));
  const { headers } = message;
  if (headers.length === 0) throw badRequest('Message has no headers.');
  const leaves = leavesOf(message);
  const text = leaves.find((part) => isBody(part, 'text/plain'));
  const html = leaves.find((part) => isBody(part, 'text/html'));
  return {
    from: headerOf(headers, 'from'),
    to: mailboxesIn(headerOf(headers, 'to')),
    cc: mailboxesIn(headerOf(headers, 'cc')),
    bcc: mailboxesIn(headerOf(headers, 'bcc')),
    replyTo: mailboxesIn(headerOf(headers, 'reply-to')),
    headers: Object.fromEntries(headers.filter(([name]) => !TAKEN.test(name))),
    content: {
      subject: headerOf(headers, 'subject') ?? '',
      ...(text && { text: textOf(text) }),
      ...(html && { html: textOf(html) }),
    },
    attachments: leaves.filter((part) => part !== text && part !== html).map(attachmentOf),
  };
}

function leavesOf(part: MimePart): readonly MimePart[] {
  return part.type.startsWith('multipart/') ? part.parts.flatMap(leavesOf) : [part];
}

function isBody({ type, disposition, fileName }: MimePart, wanted: string): boolean {
  return type === wanted && disposition !== 'attachment' && fileName === undefined;
}

function attachmentOf({ headers, type, disposition, fileName, bytes }: MimePart): MailAttachment {
  const contentId = headerOf(headers, 'content-id')?.replaceAll(/^<|>$/g, '');
  return {
    fileName: fileName ?? '',
    contentType: type,
    disposition: disposition === 'inline' ? 'inline' : 'attachment',
    ...(contentId !== undefined && { contentId }),
    bytes,
  };
}

/** `"Ruiz, Ana" <ana@example.com>, ben@example.com`: commas in quotes separate nothing. */
function mailboxesIn(list = ''): readonly string[] {
  const found = list.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [];
  return found.map((mailbox) => mailbox.trim()).filter((mailbox) => mailbox !== '');
}
