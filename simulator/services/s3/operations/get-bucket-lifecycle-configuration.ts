import { bucketReading } from '../bucket-reading.ts';
import { notConfigured } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketLifecycleConfiguration. Source: Amazon S3 API Reference. */
export function getBucketLifecycleConfiguration(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketLifecycleConfiguration',
    action: 's3:GetLifecycleConfiguration',
    root: 'LifecycleConfiguration',
    headers: ({ settings }) => ({
      'x-amz-transition-default-minimum-object-size':
        settings?.transitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K',
    }),
    content: ({ name, settings }) =>
      settings?.lifecycle ??
      notConfigured(name, 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  });
}
