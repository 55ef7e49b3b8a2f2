import type { Bucket, Upload, UploadedPart } from './bucket.ts';
import { invalidArgument, noSuchUpload } from './errors.ts';
import { requireBucket, type S3Call, type S3Parts } from './parts.ts';

/** The upload that a request names. Throws AwsError NoSuchUpload, also if the upload is for another key. */
export function requireUpload(
  s3: S3Parts,
  { bucketName, key, request }: S3Call,
): { bucket: Bucket; upload: Upload } {
  const bucket = requireBucket(s3, bucketName);
  const uploadId = request.query.get('uploadId') ?? '';
  const upload = bucket.uploads.get(uploadId);
  if (upload?.key !== key) throw noSuchUpload(uploadId);
  return { bucket, upload };
}

export async function discardParts({ bytes }: S3Parts, { parts }: Upload): Promise<void> {
  await Promise.all([...parts.values()].map((part) => bytes.discard(part.bytes)));
}

const MOST_PARTS = 10_000;

/** Throws AwsError InvalidArgument. */
export function partNumberIn({ request: { query } }: S3Call): number {
  const given = query.get('partNumber') ?? '';
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_PARTS) return number;
  const message = `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`;
  throw invalidArgument(message, 'partNumber', given);
}

/** In place of the one of that number. */
export async function addPart(
  { bytes: folder, clock }: S3Parts,
  { parts }: Upload,
  { number, body, crc32 }: Pick<UploadedPart, 'number' | 'crc32'> & { readonly body: Buffer },
): Promise<UploadedPart> {
  const part = { number, crc32, bytes: await folder.keep(body), uploadedMs: clock.now() };
  const replaced = parts.get(number);
  parts.set(number, part);
  if (replaced) await folder.discard(replaced.bytes);
  return part;
}
