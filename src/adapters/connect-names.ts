import {
  type ConnectClient,
  DescribeHoursOfOperationCommand,
  DescribeQueueCommand,
  DescribeUserCommand,
  ResourceNotFoundException,
  SearchUsersCommand,
} from '@aws-sdk/client-connect';
import { isTimeZone } from '../domain/call-time.ts';
import { oneLine } from '../domain/clean-text.ts';
import { QUEUE_EMAIL_TAG } from '../domain/contact-attributes.ts';
import { cut } from '../domain/cut.ts';
import { PermanentError } from '../domain/errors.ts';
import type { ComposeEmailPorts } from '../steps/compose-email.ts';
import type { FindRecipientPorts } from '../steps/find-recipient.ts';
import type { SetbackPort } from '../steps/ports.ts';
import { awsCall } from './aws-call.ts';
import { fromAws } from './aws-errors.ts';
import { remembered } from './remembered.ts';

/** A voicemail does not wait for its time zone. */
const ZONE_WITHIN_MS = 2000;

/** `setback` reports why a time zone could not be read, with the contact that is being delivered. */
export interface ConnectNamesSettings extends SetbackPort {
  readonly instanceArn: string;
  readonly now: () => number;
}

/**
 * Names and addresses of queues and agents, and the queues' time zones, each cached for some minutes. A
 * queue or agent that does not exist has none.
 *
 * An agent is found by user name with SearchUsers: one call for any number of agents. ListUsers would need
 * many pages of a thousand agents, with the same limit of two calls a second.
 *
 * Source: Amazon Connect API reference, and service quotas for the API.
 */
export function connectNames(
  connect: ConnectClient,
  { instanceArn, now, setback }: ConnectNamesSettings,
): Pick<FindRecipientPorts, 'findQueue' | 'findAgent' | 'findAgentNamed'> &
  Pick<ComposeEmailPorts, 'addressesOf'> {
  const InstanceId = instanceArn;

  const queueOf = remembered(async (QueueId) => {
    const command = new DescribeQueueCommand({ InstanceId, QueueId });
    const found = await unlessGone('connect:DescribeQueue', connect.send(command));
    const { Name: name, HoursOfOperationId: hoursId, Tags: tags } = found?.Queue ?? {};
    return name ? { name: oneLine(name), hoursId, addresses: [tags?.[QUEUE_EMAIL_TAG]] } : undefined;
  }, now);

  /**
   * Connect's time zone; undefined after any failure: a time in another zone is better than a voicemail that
   * waits.
   */
  const zoneOf = remembered(async (HoursOfOperationId, contactId: string) => {
    const command = new DescribeHoursOfOperationCommand({ InstanceId, HoursOfOperationId });
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ZONE_WITHIN_MS);
    try {
      const { HoursOfOperation: hours } = await connect.send(command, { abortSignal: late.signal });
      const zone = hours?.TimeZone;
      if (zone === undefined || isTimeZone(zone)) return zone;
      const what = 'the time zone of a queue is not one that this function knows';
      setback(what, { contactId, error: unknownZone(zone) });
      return undefined;
    } catch (error) {
      const cause = fromAws(error, 'connect:DescribeHoursOfOperation');
      setback('the time zone of a queue could not be read', { contactId, error: cause });
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }, now);

  const agentOf = remembered(async (userId) => {
    const command = new DescribeUserCommand({ InstanceId, UserId: userId });
    const found = await unlessGone('connect:DescribeUser', connect.send(command));
    if (!found?.User) return undefined;
    const { IdentityInfo: { Email, SecondaryEmail } = {}, Username } = found.User;
    return { userId, name: nameOf(found.User), addresses: [Email, SecondaryEmail, Username] };
  }, now);

  return {
    async findQueue(queueId, contactId) {
      const queue = await queueOf(queueId);
      if (!queue) return undefined;
      const { name, hoursId } = queue;
      return { name, timeZone: hoursId && (await zoneOf(hoursId, contactId)) };
    },

    findAgent: agentOf,

    /** For mails, the best first. */
    async addressesOf(destination) {
      const known =
        destination.kind === 'agent' ? await agentOf(destination.userId) : await queueOf(destination.queueId);
      return known?.addresses ?? [];
    },

    findAgentNamed: remembered(async (username) => {
      const StringCondition = { FieldName: 'Username', Value: username, ComparisonType: 'EXACT' } as const;
      const command = new SearchUsersCommand({
        InstanceId,
        MaxResults: 1,
        SearchCriteria: { StringCondition },
      });
      const { Users: [user] = [] } = await awsCall('connect:SearchUsers', connect.send(command));
      return user?.Id ? { userId: user.Id, name: nameOf(user) } : undefined;
    }, now),
  };
}

function unknownZone(zone: string): PermanentError {
  const name = JSON.stringify(cut(zone, 60));
  return new PermanentError(
    'MALFORMED_EVENT',
    `${name} is not in the time zone data ${process.versions['tz']}`,
  );
}

/** First and last name can be missing, mostly with single sign-on; the user name is always there. */
function nameOf({ IdentityInfo, Username }: NamedUser): string {
  const name =
    [IdentityInfo?.FirstName, IdentityInfo?.LastName].filter(Boolean).join(' ') || Username || 'an agent';
  return oneLine(name);
}

interface NamedUser {
  readonly IdentityInfo?:
    | { readonly FirstName?: string | undefined; readonly LastName?: string | undefined }
    | undefined;
  readonly Username?: string | undefined;
}

async function unlessGone<Answer>(operation: string, call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw fromAws(error, operation);
  }
}
