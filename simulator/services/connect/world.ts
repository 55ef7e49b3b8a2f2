import type { StoredFlow } from './flow/flow-store.ts';
import { BASIC_ROUTING_PROFILE } from './instance-defaults.ts';

/**
 * The contact center: one Amazon Connect instance with everything that an administrator has set up in it.
 * Account and Region are those of its ARN.
 */
export interface World {
  /** `arn:aws:connect:<region>:<account>:instance/<id>` */
  readonly instanceArn: string;
  readonly alias: string;
  /** Absent: ACTIVE. */
  readonly status?: InstanceStatus;
  /** The Kinesis data stream that contact records go to. */
  readonly contactRecordStreamArn: string;
  /** Where contact records go instead: to a Firehose delivery stream, or nowhere. */
  readonly contactRecordsElsewhere?: 'off' | { readonly firehoseArn: string };
  /** What the names of the video streams of live media begin with. */
  readonly mediaStreamPrefix: string;
  readonly mediaRetentionHours: number;
  /** The KMS key of the video streams. Absent: `aws/kinesisvideo`. */
  readonly mediaKeyArn?: string;
  /** Whether live media streaming is enabled on the instance. */
  readonly hasMediaStreaming: boolean;
  /**
   * The administrator's bucket for IVR recordings. Absent: there is none, and there are no IVR recordings.
   */
  readonly ivrRecordingsBucket?: string;
  /** What the keys of recordings begin with. Absent: `connect/<alias>/CallRecordings`. */
  readonly ivrRecordingsPrefix?: string;
  /** What an IVR recording has where a flow paused it. Absent: silence. */
  readonly ivrPauses?: 'silent' | 'cut';
  /** The KMS key that recordings are encrypted with. Absent: none of the administrator's. */
  readonly ivrRecordingsKeyArn?: string;
  /** The bucket for attachments. Absent: attachments are not enabled. */
  readonly attachmentsBucket?: string;
  /** The number that callers dial, E.164. */
  readonly phoneNumber: string;
  /** Numbers that the administrator has claimed, and the flow that answers each. Absent: `phoneNumber`, without a flow. */
  readonly claimedNumbers?: readonly ClaimedNumber[];
  /** Lambda functions that flows may invoke, beside those that a stack associates: their ARNs. */
  readonly associatedFunctions?: readonly string[];
  /** Other instances of the account in this Region: they can be listed and described, and take no calls. */
  readonly otherInstances?: readonly OtherInstance[];
  readonly queues: readonly Queue[];
  readonly users: readonly User[];
  /** Flows that exist before a stack adds its own. */
  readonly flows: readonly Omit<StoredFlow, 'arn'>[];
  /** In addition to hours that are always open, which a queue without hours has. */
  readonly hoursOfOperation?: readonly HoursOfOperation[];
  /**
   * In addition to the profile with all queues, which a user without a profile has. One with the id of that
   * profile replaces it.
   */
  readonly routingProfiles?: readonly RoutingProfile[];
  /** Who answers when the instance dials a number. Absent, and for other numbers: nobody. */
  readonly telephones?: readonly Telephone[];
  /** Recorded prompts that flows play by their id. */
  readonly prompts: readonly RecordedPrompt[];
}

type InstanceStatus = 'ACTIVE' | 'CREATION_IN_PROGRESS' | 'CREATION_FAILED';

export interface OtherInstance {
  /** `arn:aws:connect:<region>:<account>:instance/<id>` */
  readonly arn: string;
  readonly alias: string;
  /** Absent: ACTIVE. */
  readonly status?: InstanceStatus;
}

interface ClaimedNumber {
  /** E.164 */
  readonly number: string;
  /** The flow's id or name; a flow that a stack brings counts. Absent: the number has no flow. */
  readonly flow?: string;
}

/** A telephone elsewhere. */
interface Telephone {
  /** E.164 */
  readonly number: string;
  /** Infinity: it never stops ringing. */
  readonly answersAfterMs: number;
  /** From the answer until the person who answered hangs up. */
  readonly talksMs: number;
}

interface RecordedPrompt {
  readonly id: string;
  readonly name: string;
  /** Its words, as callers hear them; `(tone)` for a tone. */
  readonly says: string;
  readonly lengthMs: number;
}

interface Queue {
  readonly id: string;
  readonly name: string;
  readonly hoursOfOperationId?: string;
  /** A disabled queue takes no contacts. Absent: ENABLED. */
  readonly status?: 'ENABLED' | 'DISABLED';
  /** Contacts that may wait in it at once. Absent: any number. */
  readonly maxContacts?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/** An agent. Names and address can be missing, as in real instances with SAML users. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly secondaryEmail?: string;
  readonly routingProfileId?: string;
  readonly proficiencies?: readonly Proficiency[];
  readonly tags?: Readonly<Record<string, string>>;
  /** The group of the agent hierarchy. Absent: none. */
  readonly hierarchyGroupId?: string;
}

/** What an agent is good at, or a contact needs: a value of a predefined attribute, from 1 to 5. */
export interface Proficiency {
  readonly name: string;
  readonly value: string;
  readonly level: number;
}

export type Channel = 'VOICE' | 'TASK' | 'CHAT';

/** Which contacts its agents are offered, and how many at once. An agent's own queue needs none. */
export interface RoutingProfile {
  readonly id: string;
  readonly name: string;
  /** Absent: every queue of the instance, over every channel. */
  readonly queues?: readonly { readonly queueId: string; readonly channels: readonly Channel[] }[];
  /** Contacts at once by channel. Absent: 1 call, 10 tasks, 2 chats. */
  readonly concurrency?: Partial<Record<Channel, number>>;
  /**
   * Whether an agent who is busy on one channel is offered contacts of another. Absent: no, Connect's
   * default.
   */
  readonly isCrossChannel?: boolean;
}

/** The parts of the instance's ARN. Throws for anything else: the simulator's own mistake. */
export function instanceParts({ instanceArn }: Pick<World, 'instanceArn'>): {
  partition: string;
  region: string;
  accountId: string;
  instanceId: string;
} {
  const [, partition, region, accountId, instanceId] =
    /^arn:([a-z-]+):connect:([a-z0-9-]+):(\d{12}):instance\/([a-f0-9-]+)$/.exec(instanceArn) ?? [];
  if (!partition || !region || !accountId || !instanceId) {
    throw new Error(`not the ARN of a Connect instance: ${instanceArn}`);
  }
  return { partition, region, accountId, instanceId };
}

/** The ARN of something in the instance. An agent's resource type is `agent`, not `user`. */
export function arnIn(
  { instanceArn }: World,
  type:
    | 'agent'
    | 'contact'
    | 'contact-flow'
    | 'flow-module'
    | 'operating-hours'
    | 'queue'
    | 'routing-profile',
  id: string,
): string {
  return `${instanceArn}/${type}/${id}`;
}

/** A queue of the instance, or an agent's personal one, which has no name. */
export interface QueuePlace {
  readonly arn: string;
  readonly id: string;
  readonly name?: string;
  /** The agent, if it is an agent's queue. */
  readonly agent?: User;
}

/** The queue of an ARN: `…/queue/<id>` or `…/queue/agent/<user id>` of this instance. */
export function findQueue(world: World, queueArn: string): QueuePlace | undefined {
  const queue = world.queues.find(({ id }) => arnIn(world, 'queue', id) === queueArn);
  if (queue) return { arn: queueArn, id: queue.id, name: queue.name };
  const agent = world.users.find(({ id }) => agentQueueArn(world, id) === queueArn);
  return agent && { arn: queueArn, id: agent.id, agent };
}

export function agentQueueArn(world: World, userId: string): string {
  return arnIn(world, 'queue', `agent/${userId}`);
}

/** Throws an Error for an unknown profile, which is a bug of the simulator. */
export function routingProfileOf(
  { routingProfiles = [] }: World,
  { username, routingProfileId }: User,
): RoutingProfile {
  const basic: RoutingProfile = BASIC_ROUTING_PROFILE;
  const profile = [...routingProfiles, basic].find(({ id }) => id === (routingProfileId ?? basic.id));
  if (!profile) throw new Error(`${username} has a routing profile that is not there: ${routingProfileId}`);
  return profile;
}

export const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

export type Day = (typeof DAYS)[number];

/** When a queue is open. */
export interface HoursOfOperation {
  readonly id: string;
  readonly name: string;
  /** IANA, such as `America/New_York`. */
  readonly timeZone: string;
  /** A day can have no span, or several. */
  readonly week: readonly OpenSpan[];
}

/** `HH:MM`, local time. The queue closes at `to`; a `to` that is not after `from` is on the next day. */
interface OpenSpan {
  readonly day: Day;
  readonly from: string;
  readonly to: string;
}
