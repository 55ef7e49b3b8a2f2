import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { type ApiAnswer, type ApiRequest, AwsError, type Permission } from '../../service.ts';
import type { Bucket } from './bucket.ts';
import type { BytesFolder } from './bytes-folder.ts';
import { noSuchBucket } from './errors.ts';
import type { ObjectWriter } from './write-object.ts';

/** What S3's operations share. */
export interface S3State {
  readonly account: Account;
  readonly clock: Clock;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly bytes: BytesFolder;
  readonly writer: ObjectWriter;
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

/** The bucket and key of a path-style request: `/bucket/key`. Throws AwsError InvalidURI. */
export function parseS3Path(path: string): { bucketName: string; key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return { bucketName: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new AwsError('InvalidURI', 400, "Couldn't parse the specified URI.", { URI: path });
  }
}

export function requireBucket({ buckets }: Pick<S3State, 'buckets'>, name: string): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  return bucket;
}

type InAccount = Pick<S3State, 'account'>;

export function bucketArn({ account }: InAccount, bucketName: string): string {
  return `arn:${account.partition}:s3:::${bucketName}`;
}

export function objectArn(s3: InAccount, bucketName: string, key: string): string {
  return `${bucketArn(s3, bucketName)}/${key}`;
}

/** S3's request ids are 16 capitals and digits. */
export function s3RequestId({ requestId }: Pick<ApiRequest, 'requestId'>): string {
  return requestId.replaceAll('-', '').slice(0, 16).toUpperCase();
}
