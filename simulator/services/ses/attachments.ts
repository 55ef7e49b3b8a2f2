import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { badRequest, findText, listOf, requireText } from './input.ts';
import type { MailAttachment } from './mail.ts';

const LONGEST_NAME_CHARS = 255;

/**
 * The types that SES refuses and that matter here. Source: SES developer guide, unsupported attachment
 * types.
 */
const REFUSED_ENDINGS = new Set(['bat', 'cmd', 'com', 'cpl', 'exe', 'hta', 'js', 'jse', 'lnk', 'msi', 'pif']);
const REFUSED_SCRIPTS = new Set(['ps1', 'reg', 'scr', 'sys', 'vb', 'vbe', 'vbs', 'wsf', 'wsh']);

/**
 * The attachments of a simple or templated message. Source: SES API v2 reference, Attachment. It is not
 * documented how SES treats bytes beyond ASCII under SEVEN_BIT, its default; here they are refused, so that
 * nobody relies on it.
 */
export function attachmentsIn(message: JsonObject): MailAttachment[] {
  return listOf(message, 'Attachments', isJsonObject).map((given) => {
    const fileName = requireText(given, 'FileName');
    refuseName(fileName);
    const encoding = findText(given, 'ContentTransferEncoding') ?? 'SEVEN_BIT';
    const bytes = Buffer.from(requireText(given, 'RawContent'), 'base64');
    if (encoding === 'SEVEN_BIT' && bytes.some((byte) => byte > 127)) {
      throw badRequest(`Attachment ${fileName} is not 7-bit: set ContentTransferEncoding.`);
    }
    const contentId = findText(given, 'ContentId');
    return {
      fileName,
      contentType: findText(given, 'ContentType') ?? 'application/octet-stream',
      disposition: findText(given, 'ContentDisposition') === 'INLINE' ? 'inline' : 'attachment',
      ...(contentId !== undefined && { contentId }),
      bytes,
    };
  });
}

function refuseName(fileName: string): void {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  if (fileName.length > LONGEST_NAME_CHARS || ending === undefined) {
    throw badRequest('Attachment FileName must have an extension and at most 255 characters.');
  }
  if (REFUSED_ENDINGS.has(ending) || REFUSED_SCRIPTS.has(ending)) {
    throw badRequest(`Attachment type is not supported: .${ending}`);
  }
}
