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
}

export function bucketReading(s3: S3Parts, { name, action, root, content }: BucketReading): S3Operation {
  return {
    name,
    needs: ({ bucketName }) => [{ action, resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      const found = content(requireBucket(s3, bucketName));
      if (found instanceof Error) throw found;
      return { status: 200, headers: { 'content-type': 'application/xml' }, body: s3Xml(root, found) };
    },
  };
}
