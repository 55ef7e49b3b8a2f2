import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { filterPattern } from '../filter-pattern.ts';
import { GroupNames, groupPermission, invalid, pageOf, parsed, requireGroup } from '../input.ts';
import type { LogsParts } from '../parts.ts';

const MOST_EVENTS = 10_000;

const Input = z.strictObject({
  ...GroupNames,
  logStreamNames: z.array(z.string().min(1)).min(1).max(100).optional(),
  logStreamNamePrefix: z.string().min(1).optional(),
  startTime: z.int().min(0).default(0),
  endTime: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
  filterPattern: z.string().max(1024).default(''),
  nextToken: z.string().optional(),
  limit: z.int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
  interleaved: z.boolean().optional(),
  unmask: z.literal(false).optional(),
});

/** The events of a group, of all streams together, that a pattern fits. `aws logs tail` asks for them. */
export function filterLogEvents(parts: LogsParts): JsonOperation {
  return {
    name: 'FilterLogEvents',
    needs: (input) => groupPermission('FilterLogEvents', input, parts.account),
    answer(input) {
      const { nextToken: token, limit: size, ...asked } = parsed(Input, input);
      const { logStreamNames: names, logStreamNamePrefix: prefix } = asked;
      if (names && prefix !== undefined) {
        throw invalid('The parameters logStreamNames and logStreamNamePrefix are mutually exclusive.');
      }
      const fits = filterPattern(asked.filterPattern);
      const group = requireGroup(input, parts);
      const found = group.events
        .filter(
          ({ stream, atMs, message }) =>
            (names?.includes(stream) ?? true) &&
            stream.startsWith(prefix ?? '') &&
            atMs >= asked.startTime &&
            atMs <= asked.endTime &&
            fits(message),
        )
        .toSorted((one, other) => one.atMs - other.atMs);
      const of = `events ${JSON.stringify(asked)}`;
      const { items, rest } = pageOf(found, { of, token, size });
      return {
        events: items.map(({ id, stream, atMs, message }) => ({
          logStreamName: stream,
          timestamp: atMs,
          message,
          ingestionTime: atMs,
          eventId: id,
        })),
        // AWS has left the list empty for years.
        searchedLogStreams: [],
        ...rest,
      };
    },
  };
}
