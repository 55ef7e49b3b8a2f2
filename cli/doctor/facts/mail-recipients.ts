import {
  ConnectClient,
  DescribeUserCommand,
  type Queue,
  SearchQueuesCommand,
  SearchUsersCommand,
  type UserSearchSummary,
} from '@aws-sdk/client-connect';
import type { EmailConfig } from '../../../infra/email-settings.ts';
import { QUEUE_EMAIL_TAG } from '../../../src/domain/contact-attributes.ts';
import { emailRoute } from '../../../src/domain/email/email-route.ts';
import type { Look } from '../look.ts';

/** Amazon Connect's most of a page. Source: Amazon Connect API reference, SearchQueues and SearchUsers. */
const PAGE = 500;

/** DescribeUser is answered twice a second: so many take five seconds. */
const LOOKED_AT = 10;

/** Who gets the mail of a queue or an agent whose contact names nobody. */
type MailTo = 'own' | 'fallback' | 'nobody';

export interface QueueMail {
  readonly name: string;
  readonly mailTo: MailTo;
  /** Whether the queue's tag holds something that is not an address, or one that mails may not go to. */
  readonly isTagWrong: boolean;
}

export interface AgentsMail {
  readonly all: number;
  /** Agents whose user name is an address: the others have one only if their user record has one. */
  readonly byUserName: number;
  /** Of the others, the agents whose user record was read. */
  readonly lookedAt: number;
  /** Of those, ids of the agents that have no address. */
  readonly without: readonly string[];
}

/** Of every queue that is not disabled. */
export async function mailOfQueues(email: EmailConfig, look: Look): Promise<readonly QueueMail[]> {
  const queues = await allQueues(look);
  return queues
    .filter(({ Status }) => Status !== 'DISABLED')
    .map(({ Name: name = '', Tags }) => {
      const given = [Tags?.[QUEUE_EMAIL_TAG]];
      const { unusable, notAllowed } = routeTo(given, 'queue', email);
      const isTagWrong = unusable.length > 0 || notAllowed > 0;
      return { name, mailTo: mailToOf(given, 'queue', email), isTagWrong };
    });
}

/**
 * Searching answers no addresses, and reading each agent alone would take a second for two: where a user
 * name is no address, some agents stand for all.
 */
export async function mailOfAgents(email: EmailConfig, look: Look): Promise<AgentsMail> {
  const users = await allUsers(look);
  const others = users.filter(({ Username }) => mailToOf([Username], 'agent', email) !== 'own');
  const step = Math.max(1, Math.floor(others.length / LOOKED_AT));
  const sample = others.filter((_, index) => index % step === 0).slice(0, LOOKED_AT);
  const known = await Promise.all(sample.map((user) => addressesOf(user, look)));
  const read = known.flatMap((one) => one ?? []);
  return {
    all: users.length,
    byUserName: users.length - others.length,
    lookedAt: read.length,
    without: read
      .filter(({ addresses }) => mailToOf(addresses, 'agent', email) !== 'own')
      .map(({ id }) => id),
  };
}

/** By the rule of the function that mails. */
function mailToOf(
  addresses: readonly (string | undefined)[],
  kind: 'queue' | 'agent',
  email: EmailConfig,
): MailTo {
  if (routeTo(addresses, kind, email).to.length > 0) return 'own';
  return email.fallbackTo ? 'fallback' : 'nobody';
}

/** Of a contact that names nobody, without the fallback. */
function routeTo(
  addresses: readonly (string | undefined)[],
  kind: 'queue' | 'agent',
  { from, allowedDomains }: EmailConfig,
) {
  return emailRoute({ attributes: {}, addresses, kind, settings: { from, allowedDomains, templates: {} } });
}

async function allQueues(look: Look): Promise<readonly Queue[]> {
  const connect = look.client(ConnectClient);
  return inPages(async (NextToken) => {
    const command = new SearchQueuesCommand({
      InstanceId: look.home.instanceId,
      MaxResults: PAGE,
      SearchCriteria: { QueueTypeCondition: 'STANDARD' },
      NextToken,
    });
    const { Queues = [], NextToken: next } = await look.ask('connect:SearchQueues', () =>
      connect.send(command),
    );
    return { items: Queues, next };
  });
}

async function allUsers(look: Look): Promise<readonly UserSearchSummary[]> {
  const connect = look.client(ConnectClient);
  let known = 0;
  return inPages(async (NextToken) => {
    const InstanceId = look.home.instanceId;
    const command = new SearchUsersCommand({ InstanceId, MaxResults: PAGE, NextToken });
    const found = await look.ask('connect:SearchUsers', () => connect.send(command));
    const { Users = [], NextToken: next, ApproximateTotalCount: total = 0 } = found;
    known += Users.length;
    if (next !== undefined) look.progress(`agents: ${known} of ${total}`);
    return { items: Users, next };
  });
}

async function inPages<Item>(
  read: (token: string | undefined) => Promise<{ items: readonly Item[]; next: string | undefined }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    all.push(...items);
    token = next;
  } while (token !== undefined);
  return all;
}

/** Undefined for an agent who has been deleted since. */
async function addressesOf({ Id = '' }: UserSearchSummary, look: Look) {
  const connect = look.client(ConnectClient);
  const command = new DescribeUserCommand({ InstanceId: look.home.instanceId, UserId: Id });
  try {
    const { User } = await look.ask('connect:DescribeUser', () => connect.send(command));
    const { IdentityInfo: { Email, SecondaryEmail } = {}, Username } = User ?? {};
    return { id: Id, addresses: [Email, SecondaryEmail, Username] };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
