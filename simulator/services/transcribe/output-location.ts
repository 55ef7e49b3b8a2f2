import type { ObjectAddress } from './media-uri.ts';

export interface OutputLocation {
  readonly transcript: ObjectAddress;
  /** Written at the start of a job, to check that its result can be written. It stays. */
  readonly accessCheck: ObjectAddress;
}

const ACCESS_CHECK_FILE = '.write_access_check_file.temp';

/**
 * Where a job writes. A key that ends in `.json` is the exact key; any other key is a folder, with or
 * without a slash; without a key it is the root of the bucket. The access check goes to the same folder.
 *
 * Source: Amazon Transcribe API reference, StartTranscriptionJob, OutputKey.
 */
export function outputLocation(job: {
  name: string;
  outputBucketName: string;
  outputKey?: string | undefined;
}): OutputLocation {
  const { name, outputBucketName: bucket, outputKey = '' } = job;
  const exact = outputKey.endsWith('.json');
  const folder = exact
    ? outputKey.slice(0, outputKey.lastIndexOf('/') + 1)
    : outputKey.replace(/([^/])$/, '$1/');
  return {
    transcript: { bucket, key: exact ? outputKey : `${folder}${name}.json` },
    accessCheck: { bucket, key: `${folder}${ACCESS_CHECK_FILE}` },
  };
}
