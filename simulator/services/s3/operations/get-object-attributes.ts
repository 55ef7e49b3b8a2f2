import type { ObjectVersion } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { readPermission, requireObject } from '../find-object.ts';
import { numberedPage } from '../listing.ts';
import { versionHeader } from '../object-headers.ts';
import { requireBucket, type S3Call, type S3Operation, type S3Parts } from '../parts.ts';
import { objectNameIn } from '../permissions.ts';
import { storageClassOf } from '../storage-class.ts';
import { s3Xml } from '../xml.ts';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

/** GetObjectAttributes: those that the request names. Source: Amazon S3 API Reference. */
export function getObjectAttributes(s3: S3Parts): S3Operation {
  return {
    name: 'GetObjectAttributes',
    needs: (call) => [
      readPermission(s3, objectNameIn(call)),
      readPermission(s3, objectNameIn(call), 's3:GetObjectAttributes'),
    ],
    answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      const version = requireObject(s3, bucket, objectNameIn(call), call.request.caller);
      const asked = askedIn(call);
      const all = {
        ETag: version.etag,
        Checksum: checksumOf(version.headers),
        ObjectParts: partsOf(version, call),
        StorageClass: storageClassOf(version),
        ObjectSize: version.bytes.sizeBytes,
      };
      const shown = Object.entries(all).filter(
        ([name, value]) => asked.includes(name) && value !== undefined,
      );
      return {
        status: 200,
        headers: {
          'content-type': 'application/xml',
          'last-modified': new Date(version.lastModifiedMs).toUTCString(),
          ...versionHeader(version),
        },
        body: s3Xml('GetObjectAttributesResponse', Object.fromEntries(shown)),
      };
    },
  };
}

/** Throws AwsError InvalidArgument. */
function askedIn({ request: { headers } }: S3Call): readonly string[] {
  const given = headers['x-amz-object-attributes'] ?? '';
  const names = given.split(',').map((name) => name.trim());
  if (names.every((name) => ATTRIBUTES.includes(name))) return names;
  throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', given);
}

/** `x-amz-checksum-crc32: ZZZ=` is `<ChecksumCRC32>`. */
function checksumOf(headers: ObjectVersion['headers']) {
  const named = Object.entries(headers).flatMap(([name, value]) => {
    const [, algorithm] = /^x-amz-checksum-((?:crc|sha)\w+)$/.exec(name) ?? [];
    return algorithm === undefined ? [] : [[`Checksum${algorithm.toUpperCase()}`, value]];
  });
  if (named.length === 0) return undefined;
  return { ...Object.fromEntries(named), ChecksumType: headers['x-amz-checksum-type'] };
}

/** Their number; each of them only if all were sent with a checksum. */
function partsOf({ parts }: ObjectVersion, { request: { headers } }: S3Call) {
  if (!parts) return undefined;
  if (!parts.every(({ crc32 }) => crc32 !== undefined)) return { PartsCount: parts.length };
  const { page, told } = numberedPage(parts, {
    marker: headers['x-amz-part-number-marker'] ?? null,
    most: headers['x-amz-max-parts'] ?? null,
  });
  return {
    PartsCount: parts.length,
    ...told,
    Part: page.map(({ number, sizeBytes, crc32 }) => ({
      ChecksumCRC32: crc32,
      PartNumber: number,
      Size: sizeBytes,
    })),
  };
}
