import { bucketArn } from './s3-names.ts';
import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import type { Bucket, ObjectVersion } from './bucket.ts';

export type CreatedReason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';

/** The writer of an object. */
export interface Writer {
  readonly accountId: string;
  /** 16 capitals and digits. */
  readonly requestId: string;
}

/**
 * The event that S3 sends to EventBridge after an object was written.
 *
 * The key is not percent-encoded, unlike in S3's own notifications. `sequencer`
 * orders events of one key: `ordinal` must grow from event to event.
 *
 * Source: Amazon S3 User Guide, "EventBridge event message structure".
 */
export function objectCreatedEvent(created: {
  account: Account;
  bucket: Bucket;
  version: ObjectVersion;
  reason: CreatedReason;
  writer: Writer;
  ordinal: number;
}): EventBridgeEvent {
  const { account, bucket, version, reason, writer, ordinal } = created;
  const { key, versionId, etag, bytes, lastModifiedMs } = version;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: writer.accountId,
    time: new Date(lastModifiedMs).toISOString().replace(/\.\d+/, ''),
    region: account.region,
    resources: [bucketArn({ account }, bucket.name)],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key,
        size: bytes.sizeBytes,
        etag,
        ...(versionId !== undefined && { 'version-id': versionId }),
        sequencer: sequencer(lastModifiedMs, ordinal),
      },
      'request-id': writer.requestId,
      requester: writer.accountId,
      'source-ip-address': '127.0.0.1',
      reason,
    },
  };
}

function sequencer(timeMs: number, ordinal: number): string {
  const seconds = Math.floor(timeMs / 1000);
  return `00${hex(seconds)}${hex(ordinal)}`;
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}
