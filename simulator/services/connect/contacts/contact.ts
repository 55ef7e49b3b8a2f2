import type { PollyEngine } from '../../../../flows/language/ssml/ssml-tags.ts';
import type { Channel, Proficiency, QueuePlace, User } from '../world.ts';

/** A reference of a task, as an agent sees it: a name, a type, a value. */
export interface Reference {
  readonly type: string;
  readonly value: string;
  /** Of an attached file, whose `value` is where it is kept. */
  readonly arn?: string;
}

/** Where the recording of the caller is. Times are epoch milliseconds. */
export interface StreamRecording {
  readonly kind: 'stream';
  readonly streamArn: string;
  readonly firstFragment: string;
  lastFragment: string;
  readonly startedAtMs: number;
  stoppedAtMs: number;
}

/** A recording of the talk with an agent. The contact record names it, but there is no such file. */
export interface CallRecording {
  readonly kind: 'file';
  /** `<bucket>/<key>` */
  readonly location: string;
}

/** The file with what was said and heard before an agent joined. Times are epoch milliseconds. */
export interface IvrRecording {
  readonly kind: 'ivr';
  /** `<bucket>/<key>` */
  readonly location: string;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number;
}

/** How long a contact was in a queue. */
export interface QueueStay {
  readonly queue: QueuePlace;
  readonly enqueuedAtMs: number;
  dequeuedAtMs?: number;
}

/** The agent who accepted a contact. */
export interface AgentTalk {
  readonly user: User;
  readonly connectedAtMs: number;
  endedAtMs?: number;
  afterContactWorkEndedAtMs?: number;
}

/** What flows set for a contact besides attributes. It stays after the flow that set it. */
interface ContactSettings {
  /** UpdateContactTargetQueue. Not the queue the contact is in. */
  targetQueue?: QueuePlace;
  /** UpdateContactEventHooks: flow id or ARN by hook, such as `CustomerQueue` or `DefaultAgentUI`. */
  readonly eventHooks: Map<string, string>;
  isLogging: boolean;
  /** UpdateContactData and UpdateContactTextToSpeechVoice. */
  languageCode?: string;
  voiceId?: string;
  /** The voice's engine. Absent if the flow that set the voice named no engine, or an unknown one. */
  voiceEngine?: PollyEngine | undefined;
  callbackNumber?: string;
  /** A lower number comes sooner. */
  queuePriority: number;
  queueTimeAdjustmentMs: number;
  /** UpdateContactRoutingCriteria: one step after the other, then anybody. */
  routingSteps: readonly RoutingStep[];
  /** Call it after the routing steps have changed. Present while the contact waits in a queue. */
  reconsider?: () => void;
}

/** Which agents a contact waits for, and for how long: certain ones, or those with all these proficiencies. */
export interface RoutingStep {
  readonly agentIds?: readonly string[];
  readonly proficiencies?: readonly Proficiency[];
  readonly forMs: number;
}

/** Live media streaming of a contact, as flows see it under `$.MediaStreams.Customer.Audio`. */
interface MediaStream {
  readonly streamArn: string;
  readonly startedAtMs: number;
  /** Absent until the first fragment was written. */
  startFragmentNumber?: string;
  stopFragmentNumber?: string;
  stoppedAtMs?: number;
}

/**
 * One contact: a call, or a task. It changes over its life and, in its
 * attributes, after it.
 */
export interface Contact {
  readonly id: string;
  readonly channel: Channel;
  readonly initiationMethod: 'INBOUND' | 'API' | 'TRANSFER' | 'QUEUE_TRANSFER' | 'CALLBACK';
  readonly initiatedAtMs: number;
  /** Callbacks only: when the customer answered. Absent if the customer did not. */
  answeredAtMs?: number;
  /** One and the same map for all contacts chained by `previousContactId`. */
  readonly attributes: Map<string, string>;
  /** The first contact of the chain; absent in the first itself. */
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  /** The segment that goes on where this one ended, after a transfer to another queue. */
  nextContactId?: string;
  readonly relatedContactId?: string;
  /** One for all contacts that `relatedContactId` links: the first contact's. Set when the contact is added. */
  associationId?: string;
  /** Calls only: who calls, and the number dialled. */
  customerNumber?: string;
  readonly systemNumber?: string;
  /** Set for tasks, and by flows. */
  name?: string;
  description?: string;
  references: Readonly<Record<string, Reference>>;
  /** Only a flow sets it. */
  customerId?: string;
  readonly scheduledAtMs?: number;
  /** From the request that made the contact, or from a flow. Kept without any effect. */
  segmentAttributes: Readonly<Record<string, unknown>>;
  readonly recordings: (StreamRecording | CallRecording | IvrRecording)[];
  readonly tags: Map<string, string>;
  /** Aborted when the contact ends. Flows, streaming and routing listen to it, and stop at once. */
  readonly lifetime: AbortController;
  /** What flows have set for the contact. */
  readonly settings: ContactSettings;
  /** The stream that is used, or was used last. */
  mediaStream?: MediaStream;
  connectionAttempts: number;
  lastUpdatedAtMs: number;
  queueStay?: QueueStay;
  agent?: AgentTalk;
  endedAtMs?: number;
  /** Absent after a transfer to another queue. */
  disconnectReason?: string;
}

/** A contact at its start. */
export function newContact(
  given: Pick<Contact, 'id' | 'channel' | 'initiationMethod' | 'initiatedAtMs'> & Partial<Contact>,
): Contact {
  return {
    attributes: new Map(),
    references: {},
    segmentAttributes: {},
    recordings: [],
    tags: new Map(),
    lifetime: new AbortController(),
    settings: {
      eventHooks: new Map(),
      isLogging: false,
      queuePriority: 5,
      queueTimeAdjustmentMs: 0,
      routingSteps: [],
    },
    connectionAttempts: 0,
    lastUpdatedAtMs: given.initiatedAtMs,
    ...given,
  };
}

/** Common to all contacts that are linked by `relatedContactId`, and to the segments of a chain. */
export function associationIdOf({ associationId, initialContactId, id }: Contact): string {
  return associationId ?? initialContactId ?? id;
}

/** When the customer's end of a call was connected: when the call came in, or when the person called back answered. */
export function customerConnectedAtMs(contact: Contact): number | undefined {
  const { channel, initiationMethod, initiatedAtMs, answeredAtMs } = contact;
  if (channel !== 'VOICE') return undefined;
  return initiationMethod === 'CALLBACK' ? answeredAtMs : initiatedAtMs;
}
