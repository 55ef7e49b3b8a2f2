import type { Account } from '../../../account.ts';
import type { Clock } from '../../../clock.ts';
import type { Credentials } from '../../../gateway/callers.ts';
import { presignedGet } from '../../../gateway/presigned-get.ts';
import type { Roles } from '../../../gateway/roles.ts';

/** How Amazon Connect reads a file whose URL it is given, and gives URLs of files itself. */
export interface PresignedUrls {
  /** Undefined: nothing can be read there, as the URL has expired, is refused, or is not one of this S3. */
  readonly read: (
    url: string,
  ) => Promise<{ readonly body: Uint8Array; readonly contentType: string } | undefined>;
  readonly sign: (object: { bucket: string; key: string }, expiresSeconds: number) => string;
}

/**
 * Presigned URLs of the simulator's own S3. Amazon Connect signs with its service-linked role, which is there from
 * the first time on and may read that bucket.
 */
export function createPresignedUrls({
  clock,
  account: { id, partition, region },
  roles,
  endpoint,
}: {
  clock: Pick<Clock, 'now'>;
  account: Account;
  roles: Pick<Roles, 'addRole'>;
  endpoint: () => string;
}): PresignedUrls {
  const arn = `arn:${partition}:iam::${id}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect`;
  const byBucket = new Map<string, Credentials>();

  function credentialsFor(bucket: string): Credentials {
    const Resource = `arn:${partition}:s3:::${bucket}/*`;
    const credentials =
      byBucket.get(bucket) ??
      roles.addRole({ arn, statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] });
    byBucket.set(bucket, credentials);
    return credentials;
  }

  return {
    async read(url) {
      const asked = URL.parse(url);
      if (asked?.origin !== new URL(endpoint()).origin) return undefined;
      if (!asked.searchParams.has('X-Amz-Signature')) return undefined;
      const response = await fetch(url, { redirect: 'manual' });
      const body = new Uint8Array(await response.arrayBuffer());
      if (!response.ok) return undefined;
      return { body, contentType: response.headers.get('content-type') ?? 'application/octet-stream' };
    },
    sign: (object, expiresSeconds) =>
      presignedGet({
        endpoint: endpoint(),
        object,
        credentials: credentialsFor(object.bucket),
        region,
        nowMs: clock.now(),
        expiresSeconds,
      }),
  };
}
