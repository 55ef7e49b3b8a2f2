import { copySource, requireSource } from '../copy-source.ts';
import { AwsError } from '../../../service.ts';
import { findLatest, type ObjectVersion } from '../bucket.ts';
import { writeCondition } from '../conditions.ts';
import { askKey, askKeyOf, encryptionHeaders } from '../encryption.ts';
import { invalidArgument } from '../errors.ts';
import { type ObjectName, readPermission } from '../find-object.ts';
import { checksumHeaders, keptHeaders, userMetadata, versionHeader } from '../object-headers.ts';
import { writePermissions, writerOf } from '../permissions.ts';
import { requireBucket, type S3Call, type S3Operation, type S3Parts } from '../parts.ts';
import { parseTaggingHeader } from '../tagging.ts';
import { s3Xml } from '../xml.ts';

export function copyObject(s3: S3Parts): S3Operation {
  return {
    name: 'CopyObject',
    needs(call) {
      const source = copySource(call);
      const copiesTags = !replaces(call, 'tagging') && hasTags(s3, source);
      return [
        readPermission(s3, source),
        ...(copiesTags ? [readPermission(s3, source, 's3:GetObjectTagging')] : []),
        ...writePermissions(s3, call, { withTags: copiesTags }),
      ];
    },
    async answer(call) {
      const { bucketName, key, request } = call;
      const bucket = requireBucket(s3, bucketName);
      const original = requireSource(s3, call);
      if (original === findLatest(bucket, key) && !replaces(call, 'metadata')) throw copyOntoItself();
      const encrypted = encryptionHeaders(s3, bucket, request.headers);
      askKeyOf(s3, copySource(call).bucketName, original, request.caller);
      askKey(s3, { bucketName, key, headers: encrypted }, ['GenerateDataKey'], request.caller);

      const { headers, metadata } = described(call, original);
      const version = await s3.writer.write({
        bucket,
        key,
        headers: { ...headers, ...encrypted },
        metadata,
        tags: replaces(call, 'tagging')
          ? parseTaggingHeader(request.headers['x-amz-tagging'])
          : original.tags,
        condition: writeCondition(request.headers),
        reason: 'CopyObject',
        writer: writerOf(request),
        keep: () => s3.bytes.join([original.bytes]),
      });
      return {
        status: 200,
        headers: {
          'content-type': 'application/xml',
          ...versionHeader(version),
          ...(original.versionId !== undefined && { 'x-amz-copy-source-version-id': original.versionId }),
        },
        body: s3Xml('CopyObjectResult', {
          LastModified: new Date(version.lastModifiedMs).toISOString(),
          ETag: `"${version.etag}"`,
        }),
      };
    },
  };
}

function replaces({ request }: S3Call, what: 'metadata' | 'tagging'): boolean {
  const name = `x-amz-${what}-directive`;
  const directive = request.headers[name] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw invalidArgument(`Unknown ${what} directive.`, name, directive);
  }
  return directive === 'REPLACE';
}

function hasTags({ buckets }: S3Parts, { bucketName, key, versionId }: ObjectName): boolean {
  const versions = buckets.get(bucketName)?.versions.get(key) ?? [];
  const source = versionId === null ? versions.at(-1) : versions.find((one) => one.versionId === versionId);
  return source !== undefined && 'tags' in source && Object.keys(source.tags).length > 0;
}

/** Headers and metadata are replaced together. */
function described(
  call: S3Call,
  { headers, metadata }: ObjectVersion,
): Pick<ObjectVersion, 'headers' | 'metadata'> {
  const { headers: asked } = call.request;
  const [kept, told] = replaces(call, 'metadata')
    ? [keptHeaders(asked), userMetadata(asked)]
    : [keptHeaders(headers), metadata];
  return { headers: { ...kept, ...wholeChecksum(headers) }, metadata: told };
}

/** The copy keeps the checksum, unless it is a checksum of parts: the copy has no parts. */
function wholeChecksum(headers: ObjectVersion['headers']): Record<string, string> {
  return headers['x-amz-checksum-type'] === 'FULL_OBJECT' ? checksumHeaders(headers) : {};
}

function copyOntoItself(): AwsError {
  return new AwsError(
    'InvalidRequest',
    400,
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
