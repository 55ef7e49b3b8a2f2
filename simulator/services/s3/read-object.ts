import { isNotModified } from './conditions.ts';
import { askKeyOf } from './encryption.ts';
import { readPermission, requireObject } from './find-object.ts';
import { answerHeaders, validators, versionHeader } from './object-headers.ts';
import { objectNameIn } from './permissions.ts';
import { parseRange, partRange } from './range.ts';
import { requireReadable, storageHeaders } from './storage-class.ts';
import { requireBucket, type S3Call, type S3Parts } from './parts.ts';

/** The permissions for GetObject and HeadObject. */
export function readNeeds(s3: S3Parts) {
  return (call: S3Call) => [readPermission(s3, objectNameIn(call))];
}

/** GetObject and HeadObject: they differ only in the body. */
export function answerRead(s3: S3Parts, call: S3Call, what: 'with-body' | 'head-only') {
  const { query, headers, caller } = call.request;
  const name = objectNameIn(call);
  const version = requireObject(s3, requireBucket(s3, call.bucketName), name, caller);
  if (isNotModified(headers, version)) {
    return { status: 304, headers: { ...validators(version), ...versionHeader(version) } };
  }
  const nowMs = s3.clock.now();
  if (what === 'with-body') requireReadable(version, nowMs);
  const wantsChecksum = headers['x-amz-checksum-mode'] === 'ENABLED' || query.has('x-amz-checksum-mode');
  // Its headers are not encrypted; its checksum is, as its bytes are.
  if (what === 'with-body' || wantsChecksum) askKeyOf(s3, call.bucketName, version, caller);

  const { sizeBytes } = version.bytes;
  const part = query.get('partNumber');
  const asked = part === null ? parseRange(headers['range'], sizeBytes) : partRange(part, version);
  const range = asked ?? { first: 0, last: sizeBytes - 1 };
  const mayCountTags = caller.isAllowed(readPermission(s3, name, 's3:GetObjectTagging'));
  const tagCount = Object.keys(version.tags).length;
  return {
    status: asked ? 206 : 200,
    headers: {
      ...answerHeaders(version, { query, withChecksum: wantsChecksum && !asked }),
      ...storageHeaders(version, nowMs),
      ...(asked && { 'content-range': `bytes ${asked.first}-${asked.last}/${sizeBytes}` }),
      ...(part !== null && version.parts && { 'x-amz-mp-parts-count': String(version.parts.length) }),
      ...(mayCountTags && tagCount > 0 && { 'x-amz-tagging-count': String(tagCount) }),
      'content-length': String(range.last - range.first + 1),
    },
    ...(what === 'with-body' && sizeBytes > 0 && { body: s3.bytes.stream(version.bytes, range) }),
  };
}
