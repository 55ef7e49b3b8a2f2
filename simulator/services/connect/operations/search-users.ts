import { z } from 'zod';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { SECURITY_PROFILE_ID } from '../instance-defaults.ts';
import type { ConnectParts } from '../parts.ts';
import { allOf, type Condition, parsed, stringCondition } from '../search/criteria.ts';
import { searchOperation } from '../search/search-operation.ts';
import { attributeFilter, tagFilter } from '../search/tag-filter.ts';
import { arnIn, type Proficiency, routingProfileOf, type User } from '../world.ts';

/**
 * Agents. Returns their names without addresses, as the service does.
 *
 * Not as on AWS: names are compared as they are written, letter by letter, and a new agent is found at once.
 * Groups of the hierarchy are flat: one has no child groups.
 */
export function searchUsers({ world }: ConnectParts): RestOperation {
  return searchOperation<User>(world, {
    name: 'SearchUsers',
    path: '/search-users',
    most: 500,
    member: 'Users',
    items: () => world.users,
    criteria: {
      StringCondition: stringCondition<User>({
        username: ({ username }) => username,
        firstname: ({ firstName }) => firstName,
        lastname: ({ lastName }) => lastName,
        routingprofileid: (user) => routingProfileOf(world, user).id,
        securityprofileid: () => SECURITY_PROFILE_ID,
        resourceid: ({ id }) => id,
      }),
      ListCondition: proficiencies,
      HierarchyGroupCondition: hierarchyGroup,
    },
    filters: {
      TagFilter: tagFilter(tagsOf),
      UserAttributeFilter: attributeFilter(tagsOf, { HierarchyGroupCondition: hierarchyGroup }),
    },
    describe: (user) => ({
      Id: user.id,
      Arn: arnIn(world, 'agent', user.id),
      Username: user.username,
      IdentityInfo: { FirstName: user.firstName, LastName: user.lastName },
      RoutingProfileId: routingProfileOf(world, user).id,
      SecurityProfileIds: [SECURITY_PROFILE_ID],
      HierarchyGroupId: user.hierarchyGroupId,
      Tags: tagsOf(user),
    }),
  });
}

function tagsOf({ tags = {} }: User) {
  return tags;
}

const HierarchyGroup = z.strictObject({
  Value: z.string(),
  HierarchyGroupMatchType: z.enum(['EXACT', 'WITH_CHILD_GROUPS']),
});

const hierarchyGroup: Condition<User> = (given) => {
  const { Value } = parsed(HierarchyGroup, given);
  return ({ hierarchyGroupId }) => hierarchyGroupId === Value;
};

const NumberCondition = z.strictObject({
  FieldName: z.literal('limit'),
  MinValue: z.int().optional(),
  MaxValue: z.int().optional(),
  ComparisonType: z.enum([
    'GREATER_OR_EQUAL',
    'GREATER',
    'LESSER_OR_EQUAL',
    'LESSER',
    'EQUAL',
    'NOT_EQUAL',
    'RANGE',
  ]),
});

const List = z.strictObject({
  TargetListType: z.literal('PROFICIENCIES'),
  Conditions: z.array(
    z.strictObject({ StringCondition: z.unknown().optional(), NumberCondition: NumberCondition.optional() }),
  ),
});

/** Agents with one proficiency for which all conditions hold: its name, its value and its level, called limit. */
const proficiencies: Condition<User> = (given) => {
  const named = stringCondition<Proficiency>({ name: ({ name }) => name, value: ({ value }) => value });
  const conditions = parsed(List, given).Conditions.flatMap(
    ({ StringCondition, NumberCondition: number }) => [
      ...(StringCondition === undefined ? [] : [named(StringCondition)]),
      ...(number === undefined ? [] : [({ level }: Proficiency) => isInLimit(level, number)]),
    ],
  );
  const isMeant = allOf(conditions);
  return ({ proficiencies: all = [] }) => all.some(isMeant);
};

type NumberCondition = z.infer<typeof NumberCondition>;

/** Not known: which bound AWS reads where one is enough; here it is the one that is given. */
function isInLimit(
  level: number,
  { ComparisonType: type, MinValue: min, MaxValue: max }: NumberCondition,
): boolean {
  return LIMITS[type](level, min ?? max ?? 0, max ?? min ?? 0);
}

const LIMITS: Record<
  NumberCondition['ComparisonType'],
  (level: number, least: number, most: number) => boolean
> = {
  GREATER_OR_EQUAL: (level, least) => level >= least,
  GREATER: (level, least) => level > least,
  LESSER_OR_EQUAL: (level, _least, most) => level <= most,
  LESSER: (level, _least, most) => level < most,
  EQUAL: (level, least) => level === least,
  NOT_EQUAL: (level, least) => level !== least,
  RANGE: (level, least, most) => level >= least && level <= most,
};
