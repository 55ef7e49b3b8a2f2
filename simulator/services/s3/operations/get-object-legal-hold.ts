import { noObjectLock } from '../errors.ts';
import { requireObject } from '../find-object.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { objectNameIn } from '../permissions.ts';
import { objectArn } from '../s3-names.ts';

/** GetObjectLegalHold: no bucket locks its objects here. Source: Amazon S3 API Reference. */
export function getObjectLegalHold(s3: S3Parts): S3Operation {
  return {
    name: 'GetObjectLegalHold',
    needs: ({ bucketName, key }) => [
      { action: 's3:GetObjectLegalHold', resource: objectArn(s3, bucketName, key) },
    ],
    answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      requireObject(s3, bucket, objectNameIn(call), call.request.caller);
      throw noObjectLock();
    },
  };
}
