import type { ObjectVersion } from './bucket.ts';
import { isNotModified } from './conditions.ts';
import { invalidArgument, preconditionFailed } from './errors.ts';
import { type ObjectName, requireObject } from './find-object.ts';
import { requireBucket, type S3Call, type S3Parts } from './parts.ts';
import { requireCopyable } from './storage-class.ts';
import { parseS3Path } from './s3-names.ts';

/** `x-amz-copy-source: bucket/key?versionId=...`, percent-encoded, with or without a slash before it. */
export function copySource({ request }: S3Call): ObjectName {
  const header = request.headers['x-amz-copy-source'] ?? '';
  const [path = '', versionId = null] = header.replace(/^\//, '').split('?versionId=');
  const { bucketName, key } = parseS3Path(`/${path}`);
  if (bucketName === '' || key === '') {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    throw invalidArgument(message, 'x-amz-copy-source', header);
  }
  return { bucketName, key, versionId };
}

const CONDITION = /^x-amz-copy-source-(if-.*)$/;

/**
 * What is copied, if the conditions of the request hold. Throws AwsError NoSuchBucket, NoSuchKey, NoSuchVersion,
 * PreconditionFailed, ObjectNotInActiveTierError.
 */
export function requireSource(s3: S3Parts, call: S3Call): ObjectVersion {
  const source = copySource(call);
  const { headers, caller } = call.request;
  const original = requireObject(s3, requireBucket(s3, source.bucketName), source, caller);
  requireCopyable(original, s3.clock.now());
  const conditions = Object.entries(headers).flatMap(([name, value]) => {
    const [, condition] = CONDITION.exec(name) ?? [];
    return condition === undefined ? [] : [[condition, value]];
  });
  if (isNotModified(Object.fromEntries(conditions), original)) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  return original;
}
