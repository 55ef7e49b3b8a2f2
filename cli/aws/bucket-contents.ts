import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';

/** What is in a bucket, all versions counted. */
interface BucketContents {
  readonly versions: number;
  readonly deleteMarkers: number;
  /** Begun, and never ended. */
  readonly uploads: number;
}

/** One bucket, with all that is in it. Everything throws RefusedError, in words. */
export interface WholeBucket {
  /** Undefined: there is no such bucket. */
  readonly contents: () => Promise<BucketContents | undefined>;
  /**
   * Deletes what is in it, and the bucket. Returns how many versions S3 refused to delete; the bucket stays then, with
   * those. A bucket that is not there counts as deleted.
   */
  readonly remove: () => Promise<number>;
}

interface Version {
  readonly Key: string | undefined;
  readonly VersionId: string | undefined;
}

export function wholeBucket(Bucket: string, { client, place }: Asker): WholeBucket {
  const s3 = client(S3Client);

  const pages = {
    versions: () => versionPages(Bucket, s3, place),
    uploads: () => uploadPages(Bucket, s3, place),
  };

  /** Returns how many could not be deleted. */
  async function deleteAll(versions: readonly Version[]): Promise<number> {
    if (versions.length === 0) return 0;
    const Objects = versions.map(({ Key = '', VersionId }) => ({ Key, VersionId }));
    const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await askAws('s3:DeleteObjectVersion', place, () => s3.send(command));
    return Errors.length;
  }

  /** Until a whole listing has nothing more that can be deleted: a marker may lead past versions of a key. */
  async function empty(): Promise<number> {
    for (;;) {
      let found = 0;
      let refused = 0;
      for await (const { Versions = [], DeleteMarkers = [] } of pages.versions()) {
        const versions = [...Versions, ...DeleteMarkers];
        found += versions.length;
        refused += await deleteAll(versions.map(({ Key, VersionId }) => ({ Key, VersionId })));
      }
      if (found === refused) return refused;
    }
  }

  async function abortUploads(): Promise<void> {
    for await (const { Uploads = [] } of pages.uploads()) {
      for (const { Key, UploadId } of Uploads) {
        const command = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
        await askAws('s3:AbortMultipartUpload', place, () => s3.send(command).catch(unless('NoSuchUpload')));
      }
    }
  }

  return {
    contents: () =>
      whileThere(async () => {
        const counts = { versions: 0, deleteMarkers: 0, uploads: 0 };
        for await (const { Versions = [], DeleteMarkers = [] } of pages.versions()) {
          counts.versions += Versions.length;
          counts.deleteMarkers += DeleteMarkers.length;
        }
        for await (const { Uploads = [] } of pages.uploads()) counts.uploads += Uploads.length;
        return counts;
      }),
    async remove() {
      const refused = await whileThere(async () => {
        await abortUploads();
        const stay = await empty();
        if (stay > 0) return stay;
        const command = new DeleteBucketCommand({ Bucket });
        await askAws('s3:DeleteBucket', place, () => s3.send(command));
        return 0;
      });
      return refused ?? 0;
    },
  };
}

async function* versionPages(
  Bucket: string,
  s3: S3Client,
  place: AskedPlace,
): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const command = new ListObjectVersionsCommand({ Bucket, ...markers });
    const page = await askAws('s3:ListBucketVersions', place, () => s3.send(command));
    yield page;
    if (page.IsTruncated !== true) return;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function* uploadPages(
  Bucket: string,
  s3: S3Client,
  place: AskedPlace,
): AsyncGenerator<ListMultipartUploadsCommandOutput> {
  let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const command = new ListMultipartUploadsCommand({ Bucket, ...markers });
    const page = await askAws('s3:ListBucketMultipartUploads', place, () => s3.send(command));
    yield page;
    if (page.IsTruncated !== true) return;
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

/** Undefined: the bucket is not there, or not any more. */
async function whileThere<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if ([error, cause].some((one) => nameOf(one) === 'NoSuchBucket')) return undefined;
    throw error;
  }
}

function unless(name: string): (error: unknown) => undefined {
  return (error) => {
    if (nameOf(error) === name) return undefined;
    throw error;
  };
}
