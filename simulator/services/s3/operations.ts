import type { ApiRequest } from '../../service.ts';
import { bucketReadings } from './bucket-readings.ts';
import { abortMultipartUpload } from './operations/abort-multipart-upload.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { createMultipartUpload } from './operations/create-multipart-upload.ts';
import { deleteBucket } from './operations/delete-bucket.ts';
import { deleteObject } from './operations/delete-object.ts';
import { deleteObjects } from './operations/delete-objects.ts';
import { getObject } from './operations/get-object.ts';
import { getObjectAcl } from './operations/get-object-acl.ts';
import { getObjectAttributes } from './operations/get-object-attributes.ts';
import { getObjectLegalHold } from './operations/get-object-legal-hold.ts';
import { getObjectRetention } from './operations/get-object-retention.ts';
import { getObjectTagging } from './operations/get-object-tagging.ts';
import { headBucket } from './operations/head-bucket.ts';
import { headObject } from './operations/head-object.ts';
import { listBuckets } from './operations/list-buckets.ts';
import { listMultipartUploads } from './operations/list-multipart-uploads.ts';
import { listObjectVersions } from './operations/list-object-versions.ts';
import { listObjects } from './operations/list-objects.ts';
import { listObjectsV2 } from './operations/list-objects-v2.ts';
import { listParts } from './operations/list-parts.ts';
import { putObject } from './operations/put-object.ts';
import { putObjectTagging } from './operations/put-object-tagging.ts';
import { restoreObject } from './operations/restore-object.ts';
import { uploadPartCopy } from './operations/upload-part-copy.ts';
import { uploadPart } from './operations/upload-part.ts';
import type { S3Operation, S3Parts } from './parts.ts';

/** The operations, and how to find the one of a request. */
export interface S3Operations {
  readonly names: readonly string[];
  /** Undefined: no operation fits. A request with an unknown sub-resource never becomes another operation. */
  readonly find: (request: ApiRequest, on: S3Target) => S3Operation | undefined;
}

/** What a request's path names: nothing (`all`), a bucket, or an object in one. */
type S3Target = 'all' | 'bucket' | 'object';

interface Route {
  readonly operation: S3Operation;
  readonly method: string;
  readonly on: S3Target;
  /** Required query parameters. */
  readonly with?: readonly string[];
  /** Optional query parameters. A request with any other is for another operation. */
  readonly also?: readonly string[];
  /** Whether the request has the header of CopyObject; without it, it is PutObject. */
  readonly copies?: boolean;
}

const OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];
const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

/** All operations of S3 over the wire. Method, query and headers decide which operation a request is. */
export function s3Operations(s3: S3Parts): S3Operations {
  const routes = [...objectRoutes(s3), ...bucketRoutes(s3)];
  return {
    names: routes.map(({ operation }) => operation.name),
    find: (request, on) => routes.find((route) => route.on === on && fits(route, request))?.operation,
  };
}

function objectRoutes(s3: S3Parts): readonly Route[] {
  return [
    { operation: putObject(s3), method: 'PUT', on: 'object', copies: false },
    { operation: copyObject(s3), method: 'PUT', on: 'object', copies: true },
    {
      operation: uploadPart(s3),
      method: 'PUT',
      on: 'object',
      with: ['partNumber', 'uploadId'],
      copies: false,
    },
    {
      operation: uploadPartCopy(s3),
      method: 'PUT',
      on: 'object',
      with: ['partNumber', 'uploadId'],
      copies: true,
    },
    { operation: putObjectTagging(s3), method: 'PUT', on: 'object', with: ['tagging'], also: ['versionId'] },
    {
      operation: getObject(s3),
      method: 'GET',
      on: 'object',
      also: ['versionId', 'partNumber', ...OVERRIDES],
    },
    { operation: getObjectTagging(s3), method: 'GET', on: 'object', with: ['tagging'], also: ['versionId'] },
    { operation: getObjectAcl(s3), method: 'GET', on: 'object', with: ['acl'], also: ['versionId'] },
    {
      operation: getObjectAttributes(s3),
      method: 'GET',
      on: 'object',
      with: ['attributes'],
      also: ['versionId'],
    },
    {
      operation: getObjectLegalHold(s3),
      method: 'GET',
      on: 'object',
      with: ['legal-hold'],
      also: ['versionId'],
    },
    {
      operation: getObjectRetention(s3),
      method: 'GET',
      on: 'object',
      with: ['retention'],
      also: ['versionId'],
    },
    {
      operation: listParts(s3),
      method: 'GET',
      on: 'object',
      with: ['uploadId'],
      also: ['max-parts', 'part-number-marker'],
    },
    {
      operation: headObject(s3),
      method: 'HEAD',
      on: 'object',
      also: ['versionId', 'partNumber', ...OVERRIDES],
    },
    { operation: deleteObject(s3), method: 'DELETE', on: 'object', also: ['versionId'] },
    { operation: abortMultipartUpload(s3), method: 'DELETE', on: 'object', with: ['uploadId'] },
    { operation: createMultipartUpload(s3), method: 'POST', on: 'object', with: ['uploads'] },
    { operation: restoreObject(s3), method: 'POST', on: 'object', with: ['restore'], also: ['versionId'] },
    { operation: completeMultipartUpload(s3), method: 'POST', on: 'object', with: ['uploadId'] },
  ];
}

function bucketRoutes(s3: S3Parts): readonly Route[] {
  return [
    {
      operation: listBuckets(s3),
      method: 'GET',
      on: 'all',
      also: ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'],
    },
    { operation: headBucket(s3), method: 'HEAD', on: 'bucket' },
    {
      operation: listObjectsV2(s3),
      method: 'GET',
      on: 'bucket',
      with: ['list-type'],
      also: [...LISTING, 'continuation-token', 'start-after', 'fetch-owner'],
    },
    { operation: listObjects(s3), method: 'GET', on: 'bucket', also: [...LISTING, 'marker'] },
    {
      operation: listObjectVersions(s3),
      method: 'GET',
      on: 'bucket',
      with: ['versions'],
      also: [...LISTING, 'key-marker', 'version-id-marker'],
    },
    {
      operation: listMultipartUploads(s3),
      method: 'GET',
      on: 'bucket',
      with: ['uploads'],
      also: ['prefix', 'encoding-type', 'max-uploads', 'key-marker', 'upload-id-marker'],
    },
    ...Object.entries(bucketReadings(s3)).map(([name, operation]) => ({
      operation,
      method: 'GET',
      on: 'bucket' as const,
      with: [name],
    })),
    { operation: deleteBucket(s3), method: 'DELETE', on: 'bucket' },
    { operation: deleteObjects(s3), method: 'POST', on: 'bucket', with: ['delete'] },
  ];
}

function fits(route: Route, { method, query, headers }: ApiRequest): boolean {
  const { with: required = [], also = [], copies } = route;
  if (route.method !== method) return false;
  if (copies !== undefined && copies !== (headers['x-amz-copy-source'] !== undefined)) return false;
  const asked = [...query.keys()].filter((name) => !isOfEveryRequest(name));
  return (
    required.every((name) => query.has(name)) && asked.every((name) => [...required, ...also].includes(name))
  );
}

/** The operation's name for logs, and the parameters that signing adds. */
function isOfEveryRequest(name: string): boolean {
  return name === 'x-id' || name.toLowerCase().startsWith('x-amz-');
}
