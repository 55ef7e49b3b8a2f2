import type { Bucket, Upload } from './bucket.ts';
import { noSuchUpload } from './errors.ts';
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
