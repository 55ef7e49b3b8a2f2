import { pageOf } from '../../../page.ts';
import { invalidArgument } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';
import { s3Xml } from '../xml.ts';

const MOST_BUCKETS = 10_000;
/** When each bucket was made: nobody here looks at it. */
const MADE_AT = '2026-01-01T00:00:00.000Z';

/** ListBuckets: those of the account, which are all in one Region here. Source: Amazon S3 API Reference. */
export function listBuckets({ buckets, account }: S3Parts): S3Operation {
  return {
    name: 'ListBuckets',
    needs: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
    answer({ request: { query } }) {
      const prefix = query.get('prefix') ?? '';
      const region = query.get('bucket-region');
      const names = [...buckets.keys()]
        .filter((name) => name.startsWith(prefix) && (region === null || region === account.region))
        .toSorted();
      const { items, nextToken } = pageOf(names, {
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
            Bucket: items.map((Name) => ({ Name, CreationDate: MADE_AT, BucketRegion: account.region })),
          },
          Owner: { ID: account.id },
          ...(nextToken !== undefined && { ContinuationToken: nextToken }),
          ...(prefix !== '' && { Prefix: prefix }),
        }),
      };
    },
  };
}
