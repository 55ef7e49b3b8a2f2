import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { groupArn, GroupNames, groupPermission, invalid, pageOf, parsed, requireGroup } from '../input.ts';
import type { LogStream } from '../log-store.ts';
import type { LogsParts } from '../parts.ts';

const Input = z.strictObject({
  ...GroupNames,
  logStreamNamePrefix: z.string().min(1).optional(),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
  descending: z.boolean().default(false),
  limit: z.int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
});

/** The streams of a group: each execution environment of a function has one. */
export function describeLogStreams(parts: LogsParts): JsonOperation {
  const { account } = parts;
  return {
    name: 'DescribeLogStreams',
    needs: (input) => groupPermission('DescribeLogStreams', input, account),
    answer(input) {
      const { limit: size, nextToken: token, ...asked } = parsed(Input, input);
      const { logStreamNamePrefix: prefix, orderBy, descending } = asked;
      if (prefix !== undefined && orderBy === 'LastEventTime') {
        throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const group = requireGroup(input, parts);
      const sorted = [...group.streams.values()]
        .filter(({ name }) => name.startsWith(prefix ?? ''))
        .toSorted(ORDERS[orderBy]);
      const found = descending ? sorted.toReversed() : sorted;
      const of = `streams ${JSON.stringify([group.name, prefix, orderBy, descending])}`;
      const { items, rest } = pageOf(found, { of, token, size });
      return {
        logStreams: items.map(({ name, createdMs, firstMs, lastMs }) => ({
          logStreamName: name,
          creationTime: createdMs,
          firstEventTimestamp: firstMs,
          lastEventTimestamp: lastMs,
          lastIngestionTime: lastMs,
          arn: `${groupArn(group.name, account)}:log-stream:${name}`,
          storedBytes: 0,
        })),
        ...rest,
      };
    },
  };
}

const ORDERS = {
  LogStreamName: (one: LogStream, other: LogStream) => (one.name < other.name ? -1 : 1),
  LastEventTime: (one: LogStream, other: LogStream) => one.lastMs - other.lastMs,
};
