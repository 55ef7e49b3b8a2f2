import { bucketReading } from '../bucket-reading.ts';
import { notConfigured } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketReplication: no bucket is replicated here. Source: Amazon S3 API Reference. */
export function getBucketReplication(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketReplication',
    action: 's3:GetReplicationConfiguration',
    root: 'ReplicationConfiguration',
    content: ({ name }) =>
      notConfigured(
        name,
        'ReplicationConfigurationNotFoundError',
        'The replication configuration was not found',
      ),
  });
}
