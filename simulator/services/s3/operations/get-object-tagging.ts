import { readPermission, requireObject } from '../find-object.ts';
import { versionHeader } from '../object-headers.ts';
import { objectNameIn } from '../permissions.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { taggingXml } from '../tagging.ts';

export function getObjectTagging(s3: S3Parts): S3Operation {
  return {
    name: 'GetObjectTagging',
    needs: (call) => [readPermission(s3, objectNameIn(call), 's3:GetObjectTagging')],
    answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      const version = requireObject(s3, bucket, objectNameIn(call), call.request.caller);
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', ...versionHeader(version) },
        body: taggingXml(version.tags),
      };
    },
  };
}
