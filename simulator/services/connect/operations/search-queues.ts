import { z } from 'zod';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { queueOf } from '../queue-description.ts';

const MOST_RESULTS = 500;

/** Of the criteria, the type and one comparison of names; all others are refused. */
const Search = z.looseObject({
  SearchFilter: z.undefined().optional(),
  SearchCriteria: z
    .strictObject({
      QueueTypeCondition: z.literal('STANDARD').optional(),
      StringCondition: z
        .strictObject({
          FieldName: z.literal('name'),
          Value: z.string(),
          ComparisonType: z.enum(['STARTS_WITH', 'CONTAINS', 'EXACT']),
        })
        .optional(),
    })
    .optional(),
  MaxResults: z.int().min(1).max(MOST_RESULTS).default(100),
  NextToken: z.string().regex(/^\d+$/).optional(),
});

type Condition = NonNullable<NonNullable<z.infer<typeof Search>['SearchCriteria']>['StringCondition']>;

/**
 * Queues with their tags; agents' personal queues are not among them.
 *
 * Not as on AWS: names are compared as they are written, letter by letter. Criteria that are
 * combined and tags are refused.
 */
export function searchQueues({ world }: ConnectParts): RestOperation {
  return {
    name: 'SearchQueues',
    method: 'POST',
    path: '/search-queues',
    needs: ({ input: { InstanceId: instanceId } }) => [permission('SearchQueues', world, { instanceId })],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const parsed = Search.safeParse(input);
      if (!parsed.success) throw invalidParameter(`Not simulated, or not valid: ${parsed.error.message}`);
      const { SearchCriteria: { StringCondition: condition } = {}, MaxResults, NextToken } = parsed.data;
      const found = world.queues.filter(({ name }) => !condition || matches(name, condition));
      const start = Number(NextToken ?? 0);
      const end = start + MaxResults;
      return {
        Queues: found.slice(start, end).map((queue) => queueOf(queue, world)),
        ApproximateTotalCount: found.length,
        ...(end < found.length && { NextToken: String(end) }),
      };
    },
  };
}

function matches(name: string, { Value, ComparisonType }: Condition): boolean {
  if (ComparisonType === 'EXACT') return name === Value;
  return ComparisonType === 'CONTAINS' ? name.includes(Value) : name.startsWith(Value);
}
