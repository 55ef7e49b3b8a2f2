import type { Account } from '../../account.ts';
import { type ApiRequest, AwsError } from '../../service.ts';

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

interface InAccount {
  readonly account: Account;
}

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
