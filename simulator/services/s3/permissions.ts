import { objectArn, s3RequestId } from './s3-names.ts';
import type { ApiRequest, Permission } from '../../service.ts';
import type { ObjectName } from './find-object.ts';
import type { Writer } from './object-created.ts';
import type { S3Call, S3Parts } from './parts.ts';

/**
 * The permissions for writing an object: also `s3:GetObject` with If-Match, and `s3:PutObjectTagging` with
 * tags.
 */
export function writePermissions(
  s3: S3Parts,
  { bucketName, key, request: { headers } }: S3Call,
  { withTags = headers['x-amz-tagging'] !== undefined }: { withTags?: boolean } = {},
): Permission[] {
  const actions = [
    's3:PutObject',
    ...(withTags || headers['x-amz-tagging'] !== undefined ? ['s3:PutObjectTagging'] : []),
    ...(headers['if-match'] !== undefined ? ['s3:GetObject'] : []),
  ];
  return actions.map((action) => ({ action, resource: objectArn(s3, bucketName, key) }));
}

/** The object that a request's path and `versionId` name. */
export function objectNameIn({ bucketName, key, request }: S3Call): ObjectName {
  return { bucketName, key, versionId: request.query.get('versionId') };
}

export function writerOf(request: ApiRequest): Writer {
  return { accountId: request.caller.accountId, requestId: s3RequestId(request) };
}
