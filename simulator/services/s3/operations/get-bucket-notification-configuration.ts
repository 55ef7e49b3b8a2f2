import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketNotificationConfiguration: EventBridge, or nothing. Source: Amazon S3 API Reference. */
export function getBucketNotificationConfiguration(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketNotificationConfiguration',
    action: 's3:GetBucketNotification',
    root: 'NotificationConfiguration',
    content: ({ eventBridge }) => (eventBridge ? { EventBridgeConfiguration: {} } : {}),
  });
}
