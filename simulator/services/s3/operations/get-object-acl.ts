import { aclOf } from '../acl.ts';
import { readPermission, requireObject } from '../find-object.ts';
import { versionHeader } from '../object-headers.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { objectNameIn } from '../permissions.ts';
import { s3Xml } from '../xml.ts';

/** GetObjectAcl: the owner's alone. Source: Amazon S3 API Reference. */
export function getObjectAcl(s3: S3Parts): S3Operation {
  return {
    name: 'GetObjectAcl',
    needs: (call) => [readPermission(s3, objectNameIn(call), 's3:GetObjectAcl')],
    answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      const version = requireObject(s3, bucket, objectNameIn(call), call.request.caller);
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', ...versionHeader(version) },
        body: s3Xml('AccessControlPolicy', aclOf(s3.account)),
      };
    },
  };
}
