import { AwsError } from '../../service.ts';
import type { ObjectVersion } from './bucket.ts';
import type { ByteRange } from './bytes-folder.ts';

/**
 * The bytes that a Range header asks for. Undefined means all bytes: there is no header, it is not valid, or
 * it has several ranges, which S3 does not support. Throws AwsError InvalidRange (416) if none of the
 * requested bytes exists.
 *
 * Source: RFC 9110, 14.1.2; Amazon S3 API Reference, GetObject, "Range".
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (header === undefined || (from === '' && to === '')) return undefined;
  if (from !== '' && to !== '' && Number(from) > Number(to)) return undefined;

  const first = from === '' ? Math.max(sizeBytes - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (first > last) {
    throw new AwsError('InvalidRange', 416, 'The requested range is not satisfiable', {
      RangeRequested: header,
      ActualObjectSize: sizeBytes,
    });
  }
  return { first, last };
}

/**
 * The bytes of one part, by its place; an object that was written at once is one. Undefined: it is empty. Throws
 * AwsError InvalidPartNumber (416). Source: Amazon S3 API Reference, GetObject, "partNumber".
 */
export function partRange(
  given: string,
  { bytes: { sizeBytes }, parts: uploaded }: Pick<ObjectVersion, 'bytes' | 'parts'>,
): ByteRange | undefined {
  const parts = uploaded ?? [{ sizeBytes }];
  const index = Number(given) - 1;
  const part = parts[index];
  if (!part) {
    const message = 'The requested partnumber is not satisfiable';
    const members = { ActualPartCount: parts.length, PartNumberRequested: given };
    throw new AwsError('InvalidPartNumber', 416, message, members);
  }
  const first = parts.slice(0, index).reduce((sum, one) => sum + one.sizeBytes, 0);
  return part.sizeBytes === 0 ? undefined : { first, last: first + part.sizeBytes - 1 };
}
