import { randomBytes } from 'node:crypto';
import type { StoredBytes } from './bytes-folder.ts';
import type { Stored } from './storage-class.ts';

/** One version of an object; in a bucket without versioning, the object. */
export interface ObjectVersion extends Stored {
  readonly key: string;
  /** Absent if the bucket is not versioned. */
  readonly versionId?: string;
  /** Hexadecimal, without quotes; with `-<parts>` at the end after a multipart upload. */
  readonly etag: string;
  readonly lastModifiedMs: number;
  readonly bytes: StoredBytes;
  /** Headers that are returned unchanged: content type, cache control, encryption, checksum. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
  /** Those of a multipart upload. Absent: it was written at once. */
  readonly parts?: readonly ObjectPart[];
}

/** A part of an object that was uploaded in parts. */
interface ObjectPart {
  readonly number: number;
  readonly sizeBytes: number;
  /** Base64, if the part was sent with one. */
  readonly crc32: string | undefined;
}

/** Hides an object that was deleted from a versioned bucket. */
export interface DeleteMarker {
  readonly key: string;
  readonly versionId: string;
  readonly lastModifiedMs: number;
}

export type Tags = Readonly<Record<string, string>>;

/** What is said of a bucket when it is made. */
export interface BucketOptions {
  readonly name: string;
  readonly versioned: boolean;
  readonly eventBridge: boolean;
  /** With a key of KMS, by default AWS's for S3. Absent: with S3's own keys. */
  readonly encryption?: { readonly keyArn?: string; readonly hasBucketKey?: boolean };
  /** Of the bucket itself. */
  readonly tags?: Tags;
  /** What is only kept and shown. */
  readonly settings?: BucketSettings;
}

/** The content of configurations, as the API writes it. Absent: what a bucket has that nobody configured. */
export interface BucketSettings {
  /** Versioning that was on before. */
  readonly versioning?: XmlContent;
  readonly lifecycle?: XmlContent;
  /** `varies_by_storage_class`; absent: `all_storage_classes_128K` */
  readonly transitionDefaultMinimumObjectSize?: string;
  readonly cors?: XmlContent;
  readonly logging?: XmlContent;
  readonly ownershipControls?: XmlContent;
  readonly publicAccessBlock?: XmlContent;
}

export type XmlContent = Readonly<Record<string, unknown>>;

export interface Bucket extends BucketOptions {
  readonly createdMs: number;
  /** The bucket policy, as JSON. */
  policy?: string | undefined;
  /** By key; the newest version is the last. Never an empty list. */
  readonly versions: Map<string, (ObjectVersion | DeleteMarker)[]>;
  readonly uploads: Map<string, Upload>;
}

/** A multipart upload in progress. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly parts: Map<number, UploadedPart>;
}

export interface UploadedPart {
  readonly number: number;
  readonly uploadedMs: number;
  readonly bytes: StoredBytes;
  /** Base64, if the part was sent with one. */
  readonly crc32: string | undefined;
}

export function isDeleteMarker(version: ObjectVersion | DeleteMarker): version is DeleteMarker {
  return !('bytes' in version);
}

/** The newest version of a key, unless it is deleted. */
export function findLatest(bucket: Bucket, key: string): ObjectVersion | undefined {
  const latest = bucket.versions.get(key)?.at(-1);
  return latest && !isDeleteMarker(latest) ? latest : undefined;
}

/** One version by its id; an object of a bucket without versioning is the version `null`. */
export function findVersion(bucket: Bucket, key: string, versionId: string) {
  return bucket.versions.get(key)?.find((version) => (version.versionId ?? 'null') === versionId);
}

/** Returns the version that it replaced; in a versioned bucket, undefined. */
export function addVersion(bucket: Bucket, version: ObjectVersion | DeleteMarker): ObjectVersion | undefined {
  const older = bucket.versions.get(version.key) ?? [];
  bucket.versions.set(version.key, bucket.versioned ? [...older, version] : [version]);
  const [replaced] = older;
  return bucket.versioned || !replaced || isDeleteMarker(replaced) ? undefined : replaced;
}

export function removeVersion(bucket: Bucket, version: ObjectVersion | DeleteMarker): void {
  const rest = (bucket.versions.get(version.key) ?? []).filter((one) => one !== version);
  if (rest.length > 0) bucket.versions.set(version.key, rest);
  else bucket.versions.delete(version.key);
}

/** Puts a changed version in the place of one. */
export function replaceVersion(bucket: Bucket, version: ObjectVersion, changed: ObjectVersion): void {
  const versions = bucket.versions.get(version.key) ?? [];
  bucket.versions.set(
    version.key,
    versions.map((one) => (one === version ? changed : one)),
  );
}

/** The newest version of every object, in the order of the keys' UTF-8 bytes. */
export function liveObjects(bucket: Bucket, prefix = ''): ObjectVersion[] {
  return [...bucket.versions.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ bytes: Buffer.from(key), object: findLatest(bucket, key) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes))
    .flatMap(({ object }) => object ?? []);
}

/** 32 characters, as S3's version ids have. */
export function newVersionId(): string {
  return randomBytes(24).toString('base64url').replaceAll('-', '.');
}
