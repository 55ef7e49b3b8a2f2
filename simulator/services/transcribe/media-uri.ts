import { badRequest } from './errors.ts';

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The forms of an object's https address: bucket in the host or in the path, with a region after a dot or a
 * dash (the old form), or without region. Source: Amazon S3 user guide, "Virtual hosting of general purpose
 * buckets".
 */
const VIRTUAL_HOST = /^(?<bucket>.+)\.s3(?:[.-](?<region>[a-z]{2}-[a-z-]+-\d))?\.amazonaws\.com$/;
const PATH_HOST = /^s3(?:[.-](?<region>[a-z]{2}-[a-z-]+-\d))?\.amazonaws\.com$/;

/**
 * The object of `Media.MediaFileUri`: `s3://bucket/key` or an https address.
 *
 * Throws BadRequestException for any other text, and for a bucket of another region.
 */
export function parseMediaUri(uri: string, region: string): ObjectAddress {
  const short = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/s.exec(uri)?.groups;
  if (short) return { bucket: short['bucket'] ?? '', key: short['key'] ?? '' };

  const address = URL.parse(uri);
  const path = decodeURIComponent(address?.pathname.slice(1) ?? '');
  const virtual = VIRTUAL_HOST.exec(address?.host ?? '')?.groups;
  const byPath = PATH_HOST.exec(address?.host ?? '')?.groups;
  if (address?.protocol !== 'https:' || path === '' || !(virtual ?? byPath)) {
    throw badRequest(
      "The URI that you provided doesn't point to an S3 object. Make sure that the object exists and try your request again.",
    );
  }
  const named = virtual?.['region'] ?? byPath?.['region'] ?? region;
  if (named !== region) {
    throw badRequest(
      `The specified S3 bucket isn't in the same region. Make sure the bucket is in the ${region} region and try your request again.`,
    );
  }
  if (virtual) return { bucket: virtual['bucket'] ?? '', key: path };
  const [bucket = '', ...key] = path.split('/');
  return { bucket, key: key.join('/') };
}
