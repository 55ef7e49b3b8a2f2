import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { groupArn, GroupNames, invalid, notFound, parsed, requireGroup } from '../input.ts';
import type { LogEvent } from '../log-store.ts';
import type { LogsParts } from '../parts.ts';

const MOST_EVENTS = 10_000;

const Input = z.strictObject({
  ...GroupNames,
  logStreamName: z.string().min(1),
  startTime: z.int().min(0).default(0),
  endTime: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
  nextToken: z.string().optional(),
  limit: z.int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
  startFromHead: z.boolean().default(false),
  unmask: z.literal(false).optional(),
});

/**
 * The events of one stream, oldest first: without a token the last ones, or from the head. The tokens of both
 * directions always come, as on AWS: at an end the same token comes again.
 */
export function getLogEvents(parts: LogsParts): JsonOperation {
  const { account } = parts;
  return {
    name: 'GetLogEvents',
    needs: ({ logGroupName, logGroupIdentifier, logStreamName }) => {
      const group = String(logGroupName ?? logGroupIdentifier).replace(/^arn:.*?:log-group:/, '');
      return [
        {
          action: 'logs:GetLogEvents',
          resource: `${groupArn(group.replace(/:\*$/, ''), account)}:log-stream:${String(logStreamName)}`,
        },
      ];
    },
    answer(input) {
      const asked = parsed(Input, input);
      const group = requireGroup(input, parts);
      if (!group.streams.has(asked.logStreamName)) throw notFound('log stream');
      const events = group.events.filter(
        ({ stream, atMs }) =>
          stream === asked.logStreamName && atMs >= asked.startTime && atMs < asked.endTime,
      );
      const page = pageIn(events, asked);
      const [first, last] = [page.at(0)?.id, page.at(-1)?.id];
      return {
        events: page.map(({ atMs, message }) => ({ timestamp: atMs, message, ingestionTime: atMs })),
        nextForwardToken: last === undefined ? (asked.nextToken ?? 'f/0') : `f/${last}`,
        nextBackwardToken: first === undefined ? (asked.nextToken ?? 'b/0') : `b/${first}`,
      };
    },
  };
}

/** Tokens name the event from which to go on: later events can come, and the oldest go. */
function pageIn(
  events: readonly LogEvent[],
  { nextToken: token, limit, startFromHead }: z.infer<typeof Input>,
): readonly LogEvent[] {
  if (token === undefined) return startFromHead ? events.slice(0, limit) : events.slice(-limit);
  const [, direction, id = ''] = /^([fb])\/(\d+)$/.exec(token) ?? [];
  if (direction === undefined) throw invalid('The specified nextToken is invalid.');
  return direction === 'f'
    ? events.filter((event) => isAfter(event.id, id)).slice(0, limit)
    : events.filter((event) => isAfter(id, event.id)).slice(-limit);
}

function isAfter(one: string, other: string): boolean {
  return BigInt(one) > BigInt(other);
}
