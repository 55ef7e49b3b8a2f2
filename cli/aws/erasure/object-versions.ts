import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { RefusedError } from '../../command.ts';
import { type AskedPlace, askAws } from '../ask-aws.ts';

export interface Version {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string | undefined;
}

/** Every version of one key, deleted ones and delete markers too. Throws RefusedError, in words. */
export async function versionsOf(
  { Bucket, Key }: { readonly Bucket: string; readonly Key: string },
  s3: S3Client,
  place: AskedPlace,
): Promise<readonly Version[]> {
  const found: Version[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const command = new ListObjectVersionsCommand({ Bucket, Prefix: Key, ...markers });
    const page = await askAws('s3:ListBucketVersions', place, () => s3.send(command));
    const { Versions = [], DeleteMarkers = [] } = page;
    found.push(
      ...[...Versions, ...DeleteMarkers]
        .filter((one) => one.Key === Key)
        .map(({ VersionId }) => ({ Bucket, Key, VersionId })),
    );
    if (page.IsTruncated !== true) return found;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

/** S3 takes no more at once. */
const BATCH = 1000;

/** Deletes versions of one bucket, permanently. Throws RefusedError, in words, also if S3 keeps one. */
export async function deleteVersions(
  versions: readonly Version[],
  s3: S3Client,
  place: AskedPlace,
): Promise<void> {
  for (let from = 0; from < versions.length; from += BATCH) {
    const batch = versions.slice(from, from + BATCH);
    const Objects = batch.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const command = new DeleteObjectsCommand({
      Bucket: batch[0]?.Bucket,
      Delete: { Objects, Quiet: true },
    });
    const { Errors = [] } = await askAws('s3:DeleteObjectVersion', place, () => s3.send(command));
    const [first] = Errors;
    if (first)
      throw new RefusedError(
        `S3 did not delete ${first.Key} (${first.Code}): s3:DeleteObjectVersion is needed`,
      );
  }
}
