import type { AwsError } from '../../service.ts';
import type { Bucket, XmlContent } from './bucket.ts';
import { requireBucket, type S3Operation, type S3Parts } from './parts.ts';
import { bucketArn } from './s3-names.ts';
import { s3Xml } from './xml.ts';

/** An operation that reads a configuration of a bucket. */
export interface BucketReading {
  readonly name: string;
  /** `s3:GetBucketCORS` */
  readonly action: string;
  /** The root element of the answer. */
  readonly root: string;
  /** What is in it, or the error of S3 where the bucket has none. */
  readonly content: (bucket: Bucket) => XmlContent | AwsError;
  /** What else is said of it. */
  readonly headers?: (bucket: Bucket) => Record<string, string>;
}

export function bucketReading(
  s3: S3Parts,
  { name, action, root, content, headers }: BucketReading,
): S3Operation {
  return {
    name,
    needs: ({ bucketName }) => [{ action, resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      const bucket = requireBucket(s3, bucketName);
      const found = content(bucket);
      if (found instanceof Error) throw found;
      const told = { 'content-type': 'application/xml', ...headers?.(bucket) };
      return { status: 200, headers: told, body: s3Xml(root, found) };
    },
  };
}
