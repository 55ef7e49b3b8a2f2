import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import type { Service } from '../../service.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import { type Bucket, type BucketOptions, findLatest, liveObjects } from './bucket.ts';
import { createBytesFolder } from './bytes-folder.ts';
import { bucketNotEmpty, noSuchKey } from './errors.ts';
import { keptHeaders } from './object-headers.ts';
import { s3Operations } from './operations.ts';
import { requireBucket } from './parts.ts';
import { s3Service } from './protocol.ts';
import { s3RequestId } from './s3-names.ts';
import { createObjectWriter, type NewObject } from './write-object.ts';

export interface SimulatedS3 {
  readonly service: Service;
  readonly createBucket: (options: BucketOptions) => void;
  /** It keeps its objects and its policy. Throws AwsError NoSuchBucket. */
  readonly changeBucket: (options: BucketOptions) => void;
  /** JSON; undefined takes it away. It is kept and shown, and decides nothing. Throws AwsError NoSuchBucket. */
  readonly setBucketPolicy: (name: string, policy: string | undefined) => void;
  /** Throws AwsError NoSuchBucket, BucketNotEmpty. */
  readonly deleteBucket: (name: string) => void;
  readonly hasBucket: (name: string) => boolean;
  /** PutObject by another service. Throws AwsError NoSuchBucket, PreconditionFailed. */
  readonly put: (object: {
    bucket: string;
    key: string;
    body: Uint8Array;
    contentType?: string;
    metadata?: Readonly<Record<string, string>>;
    /** Only if the object does not exist yet. */
    ifNoneMatch?: boolean;
  }) => Promise<{ etag: string; versionId?: string }>;
  /** The newest version. Throws AwsError NoSuchBucket, NoSuchKey. */
  readonly get: (bucket: string, key: string) => Promise<ReadObject>;
  /** Keys in the order of a listing. Throws AwsError NoSuchBucket. */
  readonly list: (bucket: string, prefix?: string) => readonly string[];
}

interface ReadObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly metadata: Record<string, string>;
  readonly sizeBytes: number;
}

/**
 * Amazon S3: objects as files in `folder`, and their properties in memory. Path-style addresses only.
 * `onEvent` gets an "Object Created" event for every object written to a bucket with EventBridge on.
 *
 * Not simulated: making and configuring buckets through the API (only deleting them); what a template says of a bucket
 * is shown, but its policy, life cycle, CORS, logging and encryption do nothing; other events, storage classes, object
 * lock, websites, replication, ACLs beside the owner's, CRC32C and CRC64NVME checksums.
 */
export function createS3({
  clock,
  happenings,
  folder,
  onEvent,
  account = LAPTOP_ACCOUNT,
}: {
  clock: Clock;
  happenings: Happenings;
  folder: string;
  onEvent: (event: EventBridgeEvent) => void;
  account?: Account;
}): SimulatedS3 {
  const buckets = new Map<string, Bucket>();
  const bytes = createBytesFolder(folder);
  const writer = createObjectWriter({ account, clock, happenings, bytes, onEvent });
  function deleteBucket(name: string): void {
    if (requireBucket({ buckets }, name).versions.size > 0) throw bucketNotEmpty(name);
    buckets.delete(name);
  }
  const operations = s3Operations({ account, clock, buckets, bytes, writer, deleteBucket });

  return {
    service: s3Service({ clock, operations }),
    createBucket(options) {
      const { name } = options;
      if (buckets.has(name)) throw new Error(`there is a bucket ${name} already`);
      buckets.set(name, { ...options, createdMs: clock.now(), versions: new Map(), uploads: new Map() });
    },
    changeBucket(options) {
      const { createdMs, versions, uploads, policy } = requireBucket({ buckets }, options.name);
      buckets.set(options.name, { ...options, createdMs, versions, uploads, policy });
    },
    setBucketPolicy: (name, policy) => void (requireBucket({ buckets }, name).policy = policy),
    deleteBucket,
    hasBucket: (name) => buckets.has(name),
    async put({ bucket, key, body, contentType, metadata = {}, ifNoneMatch = false }) {
      const object: NewObject = {
        bucket: requireBucket({ buckets }, bucket),
        key,
        headers: keptHeaders(contentType === undefined ? {} : { 'content-type': contentType }),
        metadata,
        tags: {},
        condition: ifNoneMatch ? { ifNoneMatch: '*' } : {},
        reason: 'PutObject',
        writer: { accountId: account.id, requestId: s3RequestId({ requestId: randomUUID() }) },
        keep: () => bytes.keep(body),
      };
      const { etag, versionId } = await whileBusy(clock, () => writer.write(object));
      return { etag, ...(versionId !== undefined && { versionId }) };
    },
    async get(bucket, key) {
      const version = findLatest(requireBucket({ buckets }, bucket), key);
      if (!version) throw noSuchKey(key);
      const { headers, metadata } = version;
      const body = await whileBusy(clock, () => bytes.read(version.bytes));
      return {
        body,
        contentType: headers['content-type'] ?? '',
        metadata: { ...metadata },
        sizeBytes: body.length,
      };
    },
    list: (bucket, prefix) => liveObjects(requireBucket({ buckets }, bucket), prefix).map(({ key }) => key),
  };
}
