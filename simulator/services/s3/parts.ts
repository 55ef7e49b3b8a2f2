import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { type ApiAnswer, type ApiRequest, type Permission } from '../../service.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { Bucket } from './bucket.ts';
import type { BytesFolder } from './bytes-folder.ts';
import { noSuchBucket } from './errors.ts';
import type { ObjectWriter } from './write-object.ts';

/** Each bucket as the rules of its life cycle have left it. */
export type Buckets = Pick<ReadonlyMap<string, Bucket>, 'get' | 'values'>;

/** What the operations work on. */
export interface S3Parts {
  readonly account: Account;
  readonly clock: Clock;
  readonly buckets: Buckets;
  readonly bytes: BytesFolder;
  readonly writer: ObjectWriter;
  /** Absent: nothing is asked of a key. */
  readonly keys?: KeyRing;
  /** Throws AwsError NoSuchBucket, BucketNotEmpty. */
  readonly deleteBucket: (name: string) => void;
}

/** A request, with what its path names. */
export interface S3Call {
  readonly bucketName: string;
  /** Decoded; empty for an operation on the bucket. */
  readonly key: string;
  readonly request: ApiRequest;
}

export interface S3Operation {
  readonly name: string;
  readonly needs: (call: S3Call) => readonly Permission[];
  readonly answer: (call: S3Call) => ApiAnswer | Promise<ApiAnswer>;
}

export function requireBucket({ buckets }: Pick<S3Parts, 'buckets'>, name: string): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  return bucket;
}
