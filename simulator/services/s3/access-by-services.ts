import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { Caller } from '../../service.ts';
import { findLatest } from './bucket.ts';
import type { BytesFolder } from './bytes-folder.ts';
import { askKey, askKeyOf, type Encrypting, encryptionHeaders } from './encryption.ts';
import { noSuchKey } from './errors.ts';
import { keptHeaders } from './object-headers.ts';
import { type Buckets, requireBucket } from './parts.ts';
import { s3RequestId } from './s3-names.ts';
import { requireReadable } from './storage-class.ts';
import type { NewObject, ObjectWriter } from './write-object.ts';

/** What other services of the simulator do with objects. */
export interface AccessByServices {
  /** PutObject by another service. Throws AwsError NoSuchBucket, PreconditionFailed, and what a key refuses. */
  readonly put: (object: {
    bucket: string;
    key: string;
    body: Uint8Array;
    contentType?: string;
    metadata?: Readonly<Record<string, string>>;
    /** Only if the object does not exist yet. */
    ifNoneMatch?: boolean;
    /** `AES256`, for S3's own keys, or a key of KMS. Absent: as the bucket does it. */
    encryptWith?: string;
    /** Whose rights to the key the service uses. Absent: it has its own, and they are not asked. */
    caller?: Caller;
  }) => Promise<{ etag: string; versionId?: string }>;
  /** The newest version. Throws AwsError NoSuchBucket, NoSuchKey, InvalidObjectState. */
  readonly get: (bucket: string, key: string, caller?: Caller) => Promise<ReadObject>;
}

interface ReadObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly metadata: Record<string, string>;
  readonly sizeBytes: number;
}

interface Parts {
  readonly encrypting: Encrypting;
  readonly clock: Clock;
  readonly bytes: BytesFolder;
  readonly writer: ObjectWriter;
  readonly buckets: Buckets;
}

export function accessByServices({ encrypting, clock, bytes, writer, buckets }: Parts): AccessByServices {
  return {
    async put({ bucket, key, body, contentType, metadata = {}, ifNoneMatch = false, encryptWith, caller }) {
      const target = requireBucket({ buckets }, bucket);
      const asked = encryptWith === undefined ? {} : encryptedWith(encryptWith);
      const encrypted = encryptionHeaders(encrypting, target, asked);
      if (caller) {
        askKey(encrypting, { bucketName: bucket, key, headers: encrypted }, ['GenerateDataKey'], caller);
      }
      const object: NewObject = {
        bucket: target,
        key,
        headers: {
          ...keptHeaders(contentType === undefined ? {} : { 'content-type': contentType }),
          ...encrypted,
        },
        metadata,
        tags: {},
        condition: ifNoneMatch ? { ifNoneMatch: '*' } : {},
        reason: 'PutObject',
        writer: { accountId: encrypting.account.id, requestId: s3RequestId({ requestId: randomUUID() }) },
        keep: () => bytes.keep(body),
      };
      const { etag, versionId } = await whileBusy(clock, () => writer.write(object));
      return { etag, ...(versionId !== undefined && { versionId }) };
    },
    async get(bucket, key, caller) {
      const version = findLatest(requireBucket({ buckets }, bucket), key);
      if (!version) throw noSuchKey(key);
      requireReadable(version, clock.now());
      const { headers, metadata } = version;
      if (caller) askKeyOf(encrypting, bucket, version, caller);
      const body = await whileBusy(clock, () => bytes.read(version.bytes));
      return {
        body,
        contentType: headers['content-type'] ?? '',
        metadata: { ...metadata },
        sizeBytes: body.length,
      };
    },
  };
}

function encryptedWith(algorithmOrKey: string): Record<string, string> {
  if (algorithmOrKey === 'AES256') return { 'x-amz-server-side-encryption': algorithmOrKey };
  return {
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': algorithmOrKey,
  };
}
