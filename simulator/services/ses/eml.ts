import { randomUUID } from 'node:crypto';
import type { MailAttachment, SentMail } from './mail.ts';

const LINE_END = '\r\n';

/** A mail as a file that mail clients open. Source: RFC 5322, RFC 2045, RFC 2047. */
export function emlOf(mail: SentMail): string {
  const content = multipart('alternative', [
    ...(mail.text === undefined ? [] : [textPart('plain', mail.text)]),
    ...(mail.html === undefined ? [] : [textPart('html', mail.html)]),
  ]);
  const body =
    mail.attachments.length > 0 ? multipart('mixed', [content, ...mail.attachments.map(filePart)]) : content;
  const headers = [
    `Message-ID: <${mail.messageId}@email.amazonses.com>`,
    `Date: ${new Date(mail.atMs).toUTCString().replace('GMT', '+0000')}`,
    `From: ${mail.from}`,
    ...listHeader('To', mail.to),
    ...listHeader('Cc', mail.cc),
    ...listHeader('Reply-To', mail.replyTo),
    `Subject: ${encodedWords(mail.subject)}`,
    ...Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
  ];
  return [...headers, body].join(LINE_END);
}

function listHeader(name: string, mailboxes: readonly string[]): string[] {
  return mailboxes.length > 0 ? [`${name}: ${mailboxes.join(`,${LINE_END} `)}`] : [];
}

function multipart(kind: 'alternative' | 'mixed', parts: readonly string[]): string {
  const boundary = `=_${randomUUID()}`;
  const sections = parts.map((part) => `--${boundary}${LINE_END}${part}${LINE_END}`);
  return `Content-Type: multipart/${kind}; boundary="${boundary}"${LINE_END}${LINE_END}${sections.join('')}--${boundary}--`;
}

function textPart(kind: 'plain' | 'html', text: string): string {
  return encodedPart([`Content-Type: text/${kind}; charset=UTF-8`], Buffer.from(text));
}

function filePart({ fileName, contentType, disposition, contentId, bytes }: MailAttachment): string {
  const name = `filename*=UTF-8''${encodeURIComponent(fileName)}`;
  const id = contentId === undefined ? [] : [`Content-ID: <${contentId}>`];
  return encodedPart(
    [`Content-Type: ${contentType}`, `Content-Disposition: ${disposition}; ${name}`, ...id],
    bytes,
  );
}

function encodedPart(headers: readonly string[], bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,76}/g) ?? [];
  return [...headers, 'Content-Transfer-Encoding: base64', '', ...lines].join(LINE_END);
}

/** Short words, so that none is too long for any character in it. */
function encodedWords(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const words = text.match(/.{1,10}/gsu) ?? [];
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(`${LINE_END} `);
}
