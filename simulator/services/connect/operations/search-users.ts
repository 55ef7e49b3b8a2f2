import type { ConnectParts } from '../parts.ts';
import { z } from 'zod';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import { arnIn, routingProfileOf, type User } from '../world.ts';

const MOST_RESULTS = 500;

/** One criterion is simulated, a comparison of names; all others are refused. */
const Search = z.looseObject({
  SearchFilter: z.undefined().optional(),
  SearchCriteria: z
    .strictObject({
      StringCondition: z.strictObject({
        FieldName: z.enum(['Username', 'FirstName', 'LastName', 'ResourceId']),
        Value: z.string(),
        ComparisonType: z.enum(['STARTS_WITH', 'CONTAINS', 'EXACT']),
      }),
    })
    .optional(),
  MaxResults: z.int().min(1).max(MOST_RESULTS).default(100),
  NextToken: z.string().regex(/^\d+$/).optional(),
});

type Condition = NonNullable<z.infer<typeof Search>['SearchCriteria']>['StringCondition'];

const FIELDS = {
  Username: ({ username }) => username,
  FirstName: ({ firstName }) => firstName,
  LastName: ({ lastName }) => lastName,
  ResourceId: ({ id }) => id,
} as const satisfies Record<Condition['FieldName'], (user: User) => string | undefined>;

/**
 * Agents by name. Returns their names without addresses, as the service does.
 *
 * Not as on AWS: names are compared as they are written, letter by letter, and a new agent is found at once.
 * Combined criteria, tags and hierarchies are refused.
 */
export function searchUsers({ world }: ConnectParts): RestOperation {
  return {
    name: 'SearchUsers',
    method: 'POST',
    path: '/search-users',
    needs: ({ input: { InstanceId: instanceId } }) => [permission('SearchUsers', world, { instanceId })],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const parsed = Search.safeParse(input);
      if (!parsed.success) throw invalidParameter(`Not simulated, or not valid: ${parsed.error.message}`);
      const { SearchCriteria, MaxResults, NextToken } = parsed.data;
      const found = world.users.filter(
        (user) => !SearchCriteria || matches(user, SearchCriteria.StringCondition),
      );
      const start = Number(NextToken ?? 0);
      const end = start + MaxResults;
      return {
        Users: found.slice(start, end).map((user) => ({
          Id: user.id,
          Arn: arnIn(world, 'agent', user.id),
          Username: user.username,
          IdentityInfo: { FirstName: user.firstName, LastName: user.lastName },
          RoutingProfileId: routingProfileOf(world, user).id,
          Tags: {},
        })),
        ApproximateTotalCount: found.length,
        ...(end < found.length && { NextToken: String(end) }),
      };
    },
  };
}

function matches(user: User, { FieldName, Value, ComparisonType }: Condition): boolean {
  const text = FIELDS[FieldName](user) ?? '';
  if (ComparisonType === 'EXACT') return text === Value;
  return ComparisonType === 'CONTAINS' ? text.includes(Value) : text.startsWith(Value);
}
