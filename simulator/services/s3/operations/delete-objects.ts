import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { childrenOf, malformedXml, parseXml, requireText, s3Xml, textOf } from '../xml.ts';
import { deleteOne, deletePermission } from './delete-object.ts';

const MOST_KEYS = 1000;

/** The permission is checked for each key, so that the others are deleted if one is refused. */
export function deleteObjects(s3: S3Parts): S3Operation {
  return {
    name: 'DeleteObjects',
    needs: () => [],
    async answer({ bucketName, request }) {
      const bucket = requireBucket(s3, bucketName);
      const asked = parseXml(request.body, 'Delete');
      const named = childrenOf(asked, 'Object').map((object) => ({
        bucketName,
        key: requireText(object, 'Key'),
        versionId: textOf(object, 'VersionId') ?? null,
      }));
      if (named.length === 0 || named.length > MOST_KEYS) throw malformedXml();

      const deleted = [];
      const refused = [];
      for (const name of named) {
        if (!request.caller.isAllowed(deletePermission(s3, name))) {
          const version = name.versionId !== null && { VersionId: name.versionId };
          refused.push({ Key: name.key, ...version, Code: 'AccessDenied', Message: 'Access Denied' });
          continue;
        }
        const { versionId, deleteMarker } = await deleteOne(s3, bucket, name);
        deleted.push({
          Key: name.key,
          ...(name.versionId !== null && { VersionId: name.versionId }),
          ...(deleteMarker && { DeleteMarker: 'true', DeleteMarkerVersionId: versionId }),
        });
      }
      const isQuiet = textOf(asked, 'Quiet') === 'true';
      const body = s3Xml('DeleteResult', { ...(!isQuiet && { Deleted: deleted }), Error: refused });
      return { status: 200, headers: { 'content-type': 'application/xml' }, body };
    },
  };
}
