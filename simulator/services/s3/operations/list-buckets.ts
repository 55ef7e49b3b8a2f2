import { pageOf } from '../../../page.ts';
import { invalidArgument } from '../errors.ts';
import { ownerOf } from '../owner.ts';
import type { S3Operation, S3Parts } from '../parts.ts';
import { s3Xml } from '../xml.ts';

const MOST_BUCKETS = 10_000;

/** ListBuckets: those of the account, which are all in one Region here. Source: Amazon S3 API Reference. */
export function listBuckets({ buckets, account }: S3Parts): S3Operation {
  return {
    name: 'ListBuckets',
    needs: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
    answer({ request: { query } }) {
      const prefix = query.get('prefix') ?? '';
      const region = query.get('bucket-region');
      const found = [...buckets.values()]
        .filter(({ name }) => name.startsWith(prefix) && (region === null || region === account.region))
        .toSorted((one, other) => (one.name < other.name ? -1 : 1));
      const { items, nextToken } = pageOf(found, {
        of: `buckets ${prefix}`,
        token: query.get('continuation-token') ?? undefined,
        size: Math.min(Number(query.get('max-buckets') ?? MOST_BUCKETS), MOST_BUCKETS),
        invalid: () =>
          invalidArgument(
            'The continuation token provided is incorrect',
            'continuation-token',
            query.get('continuation-token') ?? '',
          ),
      });
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ListAllMyBucketsResult', {
          Buckets: {
            Bucket: items.map(({ name, createdMs }) => ({
              Name: name,
              CreationDate: new Date(createdMs).toISOString(),
              BucketRegion: account.region,
            })),
          },
          Owner: ownerOf(account),
          ...(nextToken !== undefined && { ContinuationToken: nextToken }),
          ...(prefix !== '' && { Prefix: prefix }),
        }),
      };
    },
  };
}
