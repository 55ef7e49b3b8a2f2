import { objectArn } from '../s3-names.ts';
import {
  addVersion,
  type Bucket,
  findLatest,
  findVersion,
  isDeleteMarker,
  newVersionId,
  removeVersion,
} from '../bucket.ts';
import { versionHeader } from '../object-headers.ts';
import { objectNameIn } from '../permissions.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';

export function deleteObject(s3: S3Parts): S3Operation {
  return {
    name: 'DeleteObject',
    needs: (call) => [deletePermission(s3, objectNameIn(call))],
    async answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      const { versionId, deleteMarker } = await deleteOne(s3, bucket, objectNameIn(call));
      return {
        status: 204,
        headers: {
          ...versionHeader(versionId === undefined ? {} : { versionId }),
          ...(deleteMarker && { 'x-amz-delete-marker': 'true' }),
        },
      };
    },
  };
}

export function deletePermission(
  s3: S3Parts,
  name: { bucketName: string; key: string; versionId: string | null },
) {
  const action = name.versionId === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  return { action, resource: objectArn(s3, name.bucketName, name.key) };
}

/**
 * Deletes a version permanently if one is named. Otherwise a versioned bucket gets a delete marker. A
 * missing object counts as deleted.
 */
export async function deleteOne(
  { clock, bytes }: S3Parts,
  bucket: Bucket,
  { key, versionId }: { key: string; versionId: string | null },
): Promise<{ versionId?: string; deleteMarker: boolean }> {
  if (bucket.versioned && versionId === null) {
    const marker = { key, versionId: newVersionId(), lastModifiedMs: clock.now() };
    addVersion(bucket, marker);
    return { versionId: marker.versionId, deleteMarker: true };
  }
  const found = versionId === null ? findLatest(bucket, key) : findVersion(bucket, key, versionId);
  if (found) removeVersion(bucket, found);
  if (found && !isDeleteMarker(found)) await bytes.discard(found.bytes);
  return {
    ...(versionId !== null && { versionId }),
    deleteMarker: found !== undefined && isDeleteMarker(found),
  };
}
