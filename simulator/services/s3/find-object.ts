import { bucketArn, objectArn } from './s3-names.ts';
import { AwsError, type Caller, type Permission } from '../../service.ts';
import { type Bucket, findLatest, findVersion, isDeleteMarker, type ObjectVersion } from './bucket.ts';
import { noSuchKey, noSuchVersion } from './errors.ts';
import type { S3Parts } from './parts.ts';

/** The requested version: the newest unless one is named. */
export interface ObjectName {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId: string | null;
}

/**
 * Reading the newest version and reading a named one are two actions: `s3:GetObject`, `s3:GetObjectVersion`.
 */
export function readPermission(
  s3: S3Parts,
  { bucketName, key, versionId }: ObjectName,
  action = 's3:GetObject',
): Permission {
  const ofVersion = action.replace('Object', 'ObjectVersion');
  return { action: versionId === null ? action : ofVersion, resource: objectArn(s3, bucketName, key) };
}

/**
 * The requested version. Throws AwsError NoSuchKey or NoSuchVersion, but AccessDenied if the caller is not
 * allowed to list the bucket: S3 does not show such a caller which objects exist.
 *
 * Source: Amazon S3 API Reference, GetObject, "Permissions".
 */
export function requireObject(
  s3: S3Parts,
  bucket: Bucket,
  { key, versionId }: ObjectName,
  caller: Caller,
): ObjectVersion {
  const version = versionId === null ? findLatest(bucket, key) : findVersion(bucket, key, versionId);
  if (version && !isDeleteMarker(version)) return version;
  if (version) {
    const message = 'The specified method is not allowed against this resource.';
    throw new AwsError('MethodNotAllowed', 405, message, { Method: 'GET', ResourceType: 'DeleteMarker' });
  }
  const list = { action: 's3:ListBucket', resource: bucketArn(s3, bucket.name) };
  if (caller.isAllowed(list)) throw versionId === null ? noSuchKey(key) : noSuchVersion(key, versionId);
  const because = `because no identity-based policy allows the ${list.action} action`;
  const sentence = `User: ${caller.arn} is not authorized to perform: ${list.action} on resource: ${list.resource} ${because}`;
  throw new AwsError('AccessDenied', 403, sentence);
}
