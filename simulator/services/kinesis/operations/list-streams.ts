import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { countIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

const MOST_STREAMS = 10_000;
const USUAL_STREAMS = 100;

/** The streams of the account by name, from the one after `ExclusiveStartStreamName` or a token. */
export function listStreams({ streams }: KinesisParts): JsonOperation {
  return {
    name: 'ListStreams',
    needs: () => [{ action: 'kinesis:ListStreams', resource: '*' }],
    answer(input) {
      const limit = countIn(input, { name: 'Limit', most: MOST_STREAMS, fallback: USUAL_STREAMS });
      const all = streams().toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const { NextToken: token, ExclusiveStartStreamName: given } = input;
      const after = token === undefined ? textOf(given) : nameIn(token);
      const remaining = all.filter(({ name }) => name > after);
      const page = remaining.slice(0, limit);
      const last = page.at(-1)?.name;
      const hasMore = remaining.length > page.length;
      return {
        StreamNames: page.map(({ name }) => name),
        StreamSummaries: page.map(({ name, arn, createdAtMs }) => ({
          StreamName: name,
          StreamARN: arn,
          StreamStatus: 'ACTIVE',
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          StreamCreationTimestamp: Math.floor(createdAtMs / 1000),
        })),
        HasMoreStreams: hasMore,
        ...(hasMore && { NextToken: Buffer.from(`after ${last}`).toString('base64') }),
      };
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function nameIn(token: unknown): string {
  const [, name] = /^after (.+)$/.exec(Buffer.from(textOf(token), 'base64').toString('utf8')) ?? [];
  if (name !== undefined) return name;
  throw new AwsError('InvalidArgumentException', 400, 'The provided NextToken is not valid.');
}
