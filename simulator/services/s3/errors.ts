import { AwsError } from '../../service.ts';

/** S3's own errors. Source: Amazon S3 API Reference, "Error responses". */

export function noSuchBucket(bucket: string): AwsError {
  return new AwsError('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: bucket });
}

export function bucketNotEmpty(bucket: string): AwsError {
  const message = 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.';
  return new AwsError('BucketNotEmpty', 409, message, { BucketName: bucket });
}

export function noSuchKey(key: string): AwsError {
  return new AwsError('NoSuchKey', 404, 'The specified key does not exist.', { Key: key });
}

export function noSuchVersion(key: string, versionId: string): AwsError {
  const members = { Key: key, VersionId: versionId };
  return new AwsError('NoSuchVersion', 404, 'The specified version does not exist.', members);
}

export function noSuchUpload(uploadId: string): AwsError {
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  return new AwsError('NoSuchUpload', 404, message, { UploadId: uploadId });
}

/** `condition` is the header that did not hold. */
export function preconditionFailed(condition: string): AwsError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new AwsError('PreconditionFailed', 412, message, { Condition: condition });
}

export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError('InvalidArgument', 400, message, { ArgumentName: name, ArgumentValue: value });
}

export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplemented', 501, `The simulator does not implement ${what}`);
}

/** `code` is S3's for a bucket that does not have that configuration. */
export function notConfigured(bucket: string, code: string, message: string): AwsError {
  return new AwsError(code, 404, message, { BucketName: bucket });
}

export function noSuchBucketPolicy(bucket: string): AwsError {
  return notConfigured(bucket, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
}

/** Retention and legal holds are for buckets with object lock. */
export function noObjectLock(): AwsError {
  return new AwsError('InvalidRequest', 400, 'Bucket is missing Object Lock Configuration');
}
