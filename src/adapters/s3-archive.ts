import type { HeadObjectOutput } from '@aws-sdk/client-s3';
import type { Recording } from '../domain/recording-metadata.ts';
import { nameOf } from './aws-errors.ts';

/** The storage classes whose objects must be restored before they can be read. */
const OUT_OF_REACH: readonly (string | undefined)[] = ['GLACIER', 'DEEP_ARCHIVE'];

/**
 * Whether an object can be read, by its headers. Of a restored one there is a copy for some days. Source: Amazon S3 API
 * Reference, HeadObject, `x-amz-restore`.
 */
export function archiveOf({
  StorageClass,
  Restore = '',
}: Pick<HeadObjectOutput, 'StorageClass' | 'Restore'>): Recording['archive'] {
  if (!OUT_OF_REACH.includes(StorageClass) || Restore.includes('ongoing-request="false"')) return undefined;
  return Restore.includes('ongoing-request="true"') ? 'restoring' : 'archived';
}

/** Whether S3 refused an object because it is archived: to read it, or to copy it. */
export function isArchivedError(error: unknown): boolean {
  return ['InvalidObjectState', 'ObjectNotInActiveTierError'].includes(nameOf(error));
}
