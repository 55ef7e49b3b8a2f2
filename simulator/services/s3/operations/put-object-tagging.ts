import { replaceVersion } from '../bucket.ts';
import { readPermission, requireObject } from '../find-object.ts';
import { versionHeader } from '../object-headers.ts';
import { objectNameIn } from '../permissions.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { parseTaggingBody } from '../tagging.ts';

/** Replaces the whole set. */
export function putObjectTagging(s3: S3Parts): S3Operation {
  return {
    name: 'PutObjectTagging',
    needs: (call) => [readPermission(s3, objectNameIn(call), 's3:PutObjectTagging')],
    answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      const version = requireObject(s3, bucket, objectNameIn(call), call.request.caller);
      replaceVersion(bucket, version, { ...version, tags: parseTaggingBody(call.request.body) });
      return { status: 200, headers: versionHeader(version) };
    },
  };
}
