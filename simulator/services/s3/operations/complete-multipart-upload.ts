import { createHash } from 'node:crypto';
import { crc32 as crc32Of } from 'node:zlib';
import { AwsError } from '../../../service.ts';
import type { Upload, UploadedPart } from '../bucket.ts';
import { unquoted, writeCondition } from '../conditions.ts';
import { askKeyOf } from '../encryption.ts';
import { discardParts, requireUpload } from '../multipart.ts';
import { versionHeader } from '../object-headers.ts';
import { writePermissions, writerOf } from '../permissions.ts';
import type { S3Operation, S3Parts } from '../parts.ts';
import { childrenOf, malformedXml, parseXml, requireText, s3Xml } from '../xml.ts';

/** The minimum size of every part but the last. */
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

export function completeMultipartUpload(s3: S3Parts): S3Operation {
  return {
    name: 'CompleteMultipartUpload',
    needs: (call) => writePermissions(s3, call),
    async answer(call) {
      const { bucketName, key, request } = call;
      const { bucket, upload } = requireUpload(s3, call);
      const parts = chosenParts(upload, request.body);
      askKeyOf(s3, bucketName, upload, request.caller);
      const checksum = compositeChecksum(parts);

      const version = await s3.writer.write({
        bucket,
        key,
        headers: { ...upload.headers, ...checksum },
        metadata: upload.metadata,
        tags: upload.tags,
        condition: writeCondition(request.headers),
        reason: 'CompleteMultipartUpload',
        writer: writerOf(request),
        etag: multipartEtag(parts),
        parts: parts.map(({ number, crc32, bytes }) => ({ number, crc32, sizeBytes: bytes.sizeBytes })),
        keep: () => s3.bytes.join(parts.map(({ bytes }) => bytes)),
      });
      bucket.uploads.delete(upload.id);
      await discardParts(s3, upload);
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', ...versionHeader(version) },
        body: s3Xml('CompleteMultipartUploadResult', {
          Location: `http://${request.headers['host']}/${bucketName}/${key}`,
          Bucket: bucketName,
          Key: key,
          ETag: `"${version.etag}"`,
          ...(checksum && {
            ChecksumCRC32: checksum['x-amz-checksum-crc32'],
            ChecksumType: checksum['x-amz-checksum-type'],
          }),
        }),
      };
    },
  };
}

/** The parts that the body lists. They must be in order, match the uploaded ones, and be large enough. */
function chosenParts({ parts }: Upload, body: Buffer): UploadedPart[] {
  const listed = childrenOf(parseXml(body, 'CompleteMultipartUpload'), 'Part').map((part) => ({
    number: Number(requireText(part, 'PartNumber')),
    etag: unquoted(requireText(part, 'ETag')),
  }));
  if (listed.length === 0) throw malformedXml();
  if (listed.some(({ number }, index) => number <= (listed[index - 1]?.number ?? 0)))
    throw invalidPartOrder();

  return listed.map(({ number, etag }, index) => {
    const part = parts.get(number);
    if (part?.bytes.md5 !== etag) throw invalidPart(number, etag);
    if (index < listed.length - 1 && part.bytes.sizeBytes < SMALLEST_PART_BYTES) {
      throw entityTooSmall(number, part.bytes.sizeBytes, etag);
    }
    return part;
  });
}

/** MD5 of the parts' MD5s, and the number of parts. */
function multipartEtag(parts: readonly UploadedPart[]): string {
  const digests = Buffer.concat(parts.map(({ bytes }) => Buffer.from(bytes.md5, 'hex')));
  return `${createHash('md5').update(digests).digest('hex')}-${parts.length}`;
}

/** CRC32 of the parts' CRC32s. Source: Amazon S3 User Guide, "Checksum types: composite". */
function compositeChecksum(parts: readonly UploadedPart[]) {
  const known = parts.flatMap((part) => part.crc32 ?? []);
  if (known.length < parts.length) return undefined;
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32Of(Buffer.concat(known.map((one) => Buffer.from(one, 'base64')))));
  return {
    'x-amz-checksum-crc32': `${digest.toString('base64')}-${parts.length}`,
    'x-amz-checksum-type': 'COMPOSITE',
  };
}

function invalidPartOrder(): AwsError {
  const message =
    'The list of parts was not in ascending order. The parts list must be specified in order by part number.';
  return new AwsError('InvalidPartOrder', 400, message);
}

function invalidPart(number: number, etag: string): AwsError {
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  return new AwsError('InvalidPart', 400, message, { PartNumber: number, ETag: etag });
}

function entityTooSmall(number: number, sizeBytes: number, etag: string): AwsError {
  return new AwsError(
    'EntityTooSmall',
    400,
    'Your proposed upload is smaller than the minimum allowed size',
    {
      ProposedSize: sizeBytes,
      MinSizeAllowed: SMALLEST_PART_BYTES,
      PartNumber: number,
      ETag: etag,
    },
  );
}
