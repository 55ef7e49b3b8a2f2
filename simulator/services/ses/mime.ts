import { badRequest } from './input.ts';

/** A part of a message as it is sent, decoded. Source: RFC 5322, RFC 2045 to 2047, RFC 2183. */
export interface MimePart {
  /** In their order; names as written, values unfolded and with encoded words decoded. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `text/plain`, in lower case. */
  readonly type: string;
  readonly charset: string;
  readonly disposition: string;
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
  /** Of a multipart. */
  readonly parts: readonly MimePart[];
}

const DEEPEST = 20;
/** Names of headers are visible characters but the colon. */
const HEADER = /^([!-9;-~]+):\s*(.*)$/s;

/** Throws AwsError BadRequestException if it is no message. */
export function parseMime(message: Buffer, depth = 0): MimePart {
  if (depth > DEEPEST) throw badRequest('The message has too many parts within each other.');
  const [head, body] = splitHead(message);
  const headers = head
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const [, name, value] = HEADER.exec(line) ?? [];
      if (name === undefined || value === undefined) throw badRequest(`Header is not valid: ${line}`);
      return [name, decodedWords(value.trim())] as const;
    });
  const contentType = headerOf(headers, 'content-type') ?? 'text/plain';
  const disposition = headerOf(headers, 'content-disposition') ?? '';
  const type = valueOf(contentType);
  const boundary = parameterOf(contentType, 'boundary');
  const isMultipart = type.startsWith('multipart/') && boundary !== undefined;
  return {
    headers,
    type,
    charset: parameterOf(contentType, 'charset') ?? 'utf-8',
    disposition: valueOf(disposition),
    fileName: parameterOf(disposition, 'filename') ?? parameterOf(contentType, 'name'),
    bytes: isMultipart ? Buffer.alloc(0) : decodedBody(body, headerOf(headers, 'content-transfer-encoding')),
    parts: isMultipart ? sections(body, boundary).map((part) => parseMime(part, depth + 1)) : [],
  };
}

/** The first header of that name, in any case. */
export function headerOf(headers: MimePart['headers'], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** The text of a part. */
export function textOf({ bytes, charset }: MimePart): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badRequest(`Unknown character set: ${charset}`);
  }
}

/** Headers end with an empty line. A part may have none. */
function splitHead(message: Buffer): readonly [head: string, body: Buffer] {
  const text = message.toString('latin1');
  const start = /^\r?\n/.exec(text);
  const end = start ?? /\r?\n\r?\n/.exec(text);
  if (!end) return [message.toString('utf8'), Buffer.alloc(0)];
  return [message.subarray(0, end.index).toString('utf8'), message.subarray(end.index + end[0].length)];
}

/** What stands between the boundaries, without the line ends that belong to them. */
function sections(body: Buffer, boundary: string): readonly Buffer[] {
  const text = `\n${body.toString('latin1')}`;
  const [before = '', ...found] = text.split(`\n--${boundary}`);
  const end = found.findIndex((section) => section.startsWith('--'));
  if (before === text || end < 0) throw badRequest('A multipart has no end.');
  return found
    .slice(0, end)
    .map((section) => Buffer.from(section.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''), 'latin1'));
}

function decodedBody(body: Buffer, encoding = '7bit'): Buffer {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return unquotedPrintable(body.toString('latin1').replaceAll(/=[ \t]*\r?\n/g, ''));
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      throw badRequest(`Unknown content transfer encoding: ${encoding}`);
  }
}

/** `latin1` stands for bytes. */
function unquotedPrintable(text: string): Buffer {
  const decoded = text.replaceAll(/=([\dA-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}

/** `=?UTF-8?B?...?=` is text; space between two such words is none. */
function decodedWords(value: string): string {
  const joined = value.replaceAll(/\?=\s+=\?/g, '?==?');
  return joined.replaceAll(
    /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi,
    (word: string, charset, kind, text) => {
      const bytes = /b/i.test(String(kind))
        ? Buffer.from(String(text), 'base64')
        : unquotedPrintable(String(text).replaceAll('_', ' '));
      try {
        return new TextDecoder(String(charset)).decode(bytes);
      } catch (error) {
        if (error instanceof RangeError) return word;
        throw error;
      }
    },
  );
}

/** `text/plain` of `text/plain; charset=utf-8`. */
function valueOf(header: string): string {
  return (header.split(';')[0] ?? '').trim().toLowerCase();
}

/** A parameter of a header, also as `name*=UTF-8''...`. */
function parameterOf(header: string, name: string): string | undefined {
  const [, extended] =
    new RegExp(`;\\s*${name}\\*=(?:utf-8|us-ascii)'[^']*'([^;\\s]*)`, 'i').exec(header) ?? [];
  if (extended !== undefined) return unescaped(extended);
  const [, quoted, plain] = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header) ?? [];
  return quoted ?? plain;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
