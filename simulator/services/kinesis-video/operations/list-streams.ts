import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { findObject, invalidArgument } from '../input.ts';
import type { KinesisVideoParts } from '../parts.ts';
import { streamInfo } from '../stream-info.ts';

/** Source: API reference, ListStreams, MaxResults. */
const MOST_RESULTS = 10_000;

/** The streams of the account, or those whose names begin with something. */
export function listStreams({ streams }: KinesisVideoParts): RestOperation {
  return {
    name: 'ListStreams',
    method: 'POST',
    path: '/listStreams',
    needs: () => [{ action: 'kinesisvideo:ListStreams', resource: '*' }],
    answer({ input }) {
      const beginning = beginningIn(input);
      const found = streams.all().filter(({ name }) => name.startsWith(beginning));
      const { MaxResults: most = MOST_RESULTS, NextToken: token = '0' } = input;
      if (typeof most !== 'number' || !Number.isInteger(most) || most < 1 || most > MOST_RESULTS) {
        throw invalidArgument(`MaxResults must be 1 to ${MOST_RESULTS}.`);
      }
      const start = Number(token);
      if (typeof token !== 'string' || !Number.isInteger(start) || start < 0 || start > found.length) {
        throw invalidArgument('NextToken is not valid.');
      }
      const end = start + most;
      return {
        StreamInfoList: found.slice(start, end).map(streamInfo),
        NextToken: end < found.length ? String(end) : null,
      };
    },
  };
}

function beginningIn(input: JsonObject): string {
  const condition = findObject(input, 'StreamNameCondition');
  if (!condition) return '';
  const { ComparisonOperator: operator = 'BEGINS_WITH', ComparisonValue: value } = condition;
  if (operator !== 'BEGINS_WITH') throw invalidArgument('ComparisonOperator must be BEGINS_WITH.');
  if (typeof value !== 'string' || value === '') throw invalidArgument('ComparisonValue must be given.');
  return value;
}
