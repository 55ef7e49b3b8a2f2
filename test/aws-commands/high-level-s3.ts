import type { ApiCall } from './api-call.ts';

/**
 * What `aws s3 ls`, `cp`, `sync` and `presign` ask of S3: the first call of each kind. Undefined: `words` are another
 * command. A presigned URL is opened by GetObject.
 */
export function highLevelS3(words: readonly string[]): readonly ApiCall[] | undefined {
  const [, service, command = '', ...rest] = words;
  if (service !== 's3') return undefined;
  const place = rest.find((word) => word.startsWith('s3://'));
  const [, Bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place ?? '') ?? [];
  const list = [{ service: 's3api', operation: 'ListObjectsV2', input: { Bucket, Prefix: key } }];
  const object = (operation: string) => ({ service: 's3api', operation, input: { Bucket, Key: key } });
  switch (command) {
    case 'ls':
      return place === undefined ? [{ service: 's3api', operation: 'ListBuckets', input: {} }] : list;
    case 'sync':
      return list;
    case 'cp':
      return [object('HeadObject'), object('GetObject')];
    case 'presign':
      return [object('GetObject')];
    default:
      throw new Error(`aws s3 ${command} is not known`);
  }
}
