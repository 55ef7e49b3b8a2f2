import { AwsError, type Caller } from '../../service.ts';
import { awsManagedKeyArn } from '../kms/aws-managed-keys.ts';
import type { KeyAction } from '../kms/key-ring.ts';
import type { Bucket, ObjectVersion } from './bucket.ts';
import type { S3Parts } from './parts.ts';
import { bucketArn, objectArn } from './s3-names.ts';

type Headers = Readonly<Record<string, string>>;

const ALGORITHM = 'x-amz-server-side-encryption';
const KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';
const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';

/** The parts of S3 that know keys. */
export type Encrypting = Pick<S3Parts, 'account' | 'keys'>;

/** An object whose bytes are written or read, by its headers. */
interface Encrypted {
  readonly bucketName: string;
  readonly key: string;
  readonly headers: Headers;
}

/**
 * How a new object is encrypted: as the request says, or else as the bucket does it. A request that names an algorithm
 * and no key gets the bucket's key, and without one that of AWS for S3.
 */
export function encryptionHeaders(s3: Encrypting, bucket: Bucket, asked: Headers): Headers {
  const { encryption } = bucket;
  const algorithm = asked[ALGORITHM] ?? (encryption ? 'aws:kms' : 'AES256');
  if (!algorithm.startsWith('aws:kms')) return { [ALGORITHM]: algorithm };
  const keyId = asked[KEY_ID] ?? encryption?.keyArn ?? awsManagedKeyArn('s3', s3.account);
  const hasBucketKey = (asked[BUCKET_KEY] ?? String(encryption?.hasBucketKey ?? false)) === 'true';
  return {
    [ALGORITHM]: algorithm,
    [KEY_ID]: s3.keys?.arnOf(keyId) ?? keyId,
    ...(hasBucketKey && { [BUCKET_KEY]: 'true' }),
  };
}

/**
 * Asks the key of an object, in the name of who writes or reads it. With a bucket key the encryption context is the
 * bucket. Throws AwsError AccessDenied, or KMS's own if the key cannot be used.
 *
 * Source: Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys", "Reducing the cost of SSE-KMS".
 */
export function askKey(
  s3: Encrypting,
  { bucketName, key, headers }: Encrypted,
  actions: readonly KeyAction[],
  caller: Caller,
): void {
  const keyId = headers[KEY_ID];
  if (keyId === undefined || !s3.keys) return;
  const subject = headers[BUCKET_KEY] === 'true' ? bucketArn(s3, bucketName) : objectArn(s3, bucketName, key);
  const use = { keyId, actions, via: 's3', encryptionContext: { 'aws:s3:arn': subject } };
  const refusal = s3.keys.refusalOf(use, caller);
  if (!refusal) return;
  const { kind, message } = refusal;
  if (kind === 'denied') throw new AwsError('AccessDenied', 403, message);
  throw new AwsError(CODES[kind], 400, message);
}

/** As the headers of a stored object say it. */
export function askKeyOf(
  s3: Encrypting,
  bucketName: string,
  { key, headers }: Pick<ObjectVersion, 'key' | 'headers'>,
  caller: Caller,
): void {
  askKey(s3, { bucketName, key, headers }, ['Decrypt'], caller);
}

/** Source: Amazon S3 API Reference, "Error responses". */
const CODES = {
  'not-found': 'KMS.NotFoundException',
  disabled: 'KMS.DisabledException',
  'pending-deletion': 'KMS.KMSInvalidStateException',
} as const;
