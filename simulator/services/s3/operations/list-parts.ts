import { numberedPage } from '../listing.ts';
import { requireUpload } from '../multipart.ts';
import { ownerOf } from '../owner.ts';
import type { S3Operation, S3Parts } from '../parts.ts';
import { objectArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/** ListParts: those of an upload that has not ended. Source: Amazon S3 API Reference. */
export function listParts(s3: S3Parts): S3Operation {
  return {
    name: 'ListParts',
    needs: ({ bucketName, key }) => [
      { action: 's3:ListMultipartUploadParts', resource: objectArn(s3, bucketName, key) },
    ],
    answer(call) {
      const { upload } = requireUpload(s3, call);
      const { query } = call.request;
      const parts = [...upload.parts.values()].toSorted((one, other) => one.number - other.number);
      const { page, told } = numberedPage(parts, {
        marker: query.get('part-number-marker'),
        most: query.get('max-parts'),
      });
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ListPartsResult', {
          Bucket: call.bucketName,
          Key: call.key,
          UploadId: upload.id,
          ...told,
          Part: page.map(({ number, bytes, crc32, uploadedMs }) => ({
            PartNumber: number,
            LastModified: new Date(uploadedMs).toISOString(),
            ETag: `"${bytes.md5}"`,
            Size: bytes.sizeBytes,
            ChecksumCRC32: crc32,
          })),
          Owner: ownerOf(s3.account),
          StorageClass: 'STANDARD',
        }),
      };
    },
  };
}
