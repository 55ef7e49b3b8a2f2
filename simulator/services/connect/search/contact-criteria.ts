import { z } from 'zod';
import type { Contact } from '../contacts/contact.ts';
import { contactTags, segmentAttributes } from '../contacts/contact-record.ts';
import type { World } from '../world.ts';
import { allOf, anyOf, type Conditions, type Matches, parsed } from './criteria.ts';
import { tagFilter } from './tag-filter.ts';

const MatchType = z.enum(['MATCH_ALL', 'MATCH_ANY', 'MATCH_EXACT', 'MATCH_NONE']).default('MATCH_ALL');

const TIMES = {
  INITIATION_TIMESTAMP: ({ initiatedAtMs }) => initiatedAtMs,
  SCHEDULED_TIMESTAMP: ({ scheduledAtMs }) => scheduledAtMs,
  CONNECTED_TO_AGENT_TIMESTAMP: ({ agent }) => agent?.connectedAtMs,
  DISCONNECT_TIMESTAMP: ({ endedAtMs }) => endedAtMs,
  ENQUEUE_TIMESTAMP: ({ queueStay }) => queueStay?.enqueuedAtMs,
} as const satisfies Record<string, (contact: Contact) => number | undefined>;

type TimeType = keyof typeof TIMES;

const TimeType = z.enum([
  'INITIATION_TIMESTAMP',
  'SCHEDULED_TIMESTAMP',
  'CONNECTED_TO_AGENT_TIMESTAMP',
  'DISCONNECT_TIMESTAMP',
  'ENQUEUE_TIMESTAMP',
]);

const TimeRange = z
  .strictObject({ Type: TimeType, StartTime: z.number(), EndTime: z.number() })
  .refine(({ StartTime, EndTime }) => StartTime <= EndTime, 'StartTime must not be after EndTime.');

/** Of a contact, in milliseconds since the epoch. */
export function timeOf(contact: Contact, type: TimeType): number | undefined {
  return TIMES[type](contact);
}

/** Contacts with a time in the range, both ends included. Throws InvalidParameterException. */
export function timeRange(given: unknown): Matches<Contact> {
  const { Type, StartTime, EndTime } = parsed(TimeRange, given);
  return (contact) => {
    const timeMs = timeOf(contact, Type);
    return timeMs !== undefined && timeMs >= StartTime * 1000 && timeMs <= EndTime * 1000;
  };
}

/**
 * What `SearchCriteria` of SearchContacts may hold. Other criteria need analyses, hierarchies or Regions that are not
 * simulated, and are refused.
 */
export function contactCriteria(world: World): Conditions<Contact> {
  return {
    Name: nameCriteria,
    AgentIds: among(100, ({ agent }) => agent?.user.id),
    Channels: among(10, ({ channel }) => channel),
    InitiationMethods: among(100, ({ initiationMethod }) => initiationMethod),
    QueueIds: among(100, ({ queueStay }) => queueStay?.queue.id),
    AdditionalTimeRange: additionalTimes,
    SearchableContactAttributes: keysAndValues(({ attributes }, key) => attributes.get(key)),
    SearchableSegmentAttributes: keysAndValues((contact, key) => segmentText(contact, key)),
    ContactTags: tagFilter((contact) => contactTags(contact, world)),
  };
}

/** Ids are given as such or as the last part of an ARN. An empty list asks for nothing. */
function among(
  most: number,
  textOf: (contact: Contact) => string | undefined,
): (given: unknown) => Matches<Contact> {
  return (given) => {
    const wanted = parsed(z.array(z.string()).max(most), given).map((one) =>
      one.slice(one.lastIndexOf('/') + 1),
    );
    return (contact) => wanted.length === 0 || wanted.includes(textOf(contact) ?? '');
  };
}

const Name = z.strictObject({ SearchText: z.array(z.string().max(128)).max(100), MatchType });

/** Words or phrases in the name, in any case of letters. `MATCH_EXACT`: one of them is the whole name. */
function nameCriteria(given: unknown): Matches<Contact> {
  const { SearchText, MatchType: how } = parsed(Name, given);
  const isExact = how === 'MATCH_EXACT';
  const each = SearchText.map((text): Matches<Contact> => {
    const wanted = text.toLowerCase();
    return ({ name = '' }) => (isExact ? name.toLowerCase() === wanted : name.toLowerCase().includes(wanted));
  });
  return combined(each, isExact ? 'MATCH_ANY' : how);
}

const KeysAndValues = z.strictObject({
  Criteria: z
    .array(
      z.strictObject({
        Key: z.string().min(1).max(100),
        Values: z.array(z.string().max(128)).max(20),
      }),
    )
    .max(15),
  MatchType,
});

function keysAndValues(
  valueOf: (contact: Contact, key: string) => string | undefined,
): (given: unknown) => Matches<Contact> {
  return (given) => {
    const { Criteria, MatchType: how } = parsed(KeysAndValues, given);
    const each = Criteria.map(({ Key, Values }): Matches<Contact> => (contact) => {
      const value = valueOf(contact, Key);
      return value !== undefined && Values.includes(value);
    });
    return combined(each, how);
  };
}

const Text = z.looseObject({ ValueString: z.string() });

function segmentText(contact: Contact, key: string): string | undefined {
  return Text.safeParse(segmentAttributes(contact)[key]).data?.ValueString;
}

const AdditionalTimes = z.strictObject({
  Criteria: z.array(
    z.strictObject({
      TimeRange: z.unknown().optional(),
      TimestampCondition: z
        .strictObject({ Type: TimeType, ConditionType: z.literal('NOT_EXISTS') })
        .optional(),
    }),
  ),
  MatchType,
});

function additionalTimes(given: unknown): Matches<Contact> {
  const { Criteria, MatchType: how } = parsed(AdditionalTimes, given);
  const each = Criteria.map(({ TimeRange: range, TimestampCondition: condition }) =>
    allOf([
      ...(range === undefined ? [] : [timeRange(range)]),
      ...(condition ? [(contact: Contact) => timeOf(contact, condition.Type) === undefined] : []),
    ]),
  );
  return combined(each, how);
}

/** Not known: how `MATCH_EXACT` differs from `MATCH_ALL` where whole values are compared anyway. */
function combined(each: readonly Matches<Contact>[], how: z.infer<typeof MatchType>): Matches<Contact> {
  if (how === 'MATCH_ANY') return anyOf(each);
  if (how === 'MATCH_NONE') return (contact) => !anyOf(each)(contact);
  return allOf(each);
}
