import type { Clock } from '../../clock.ts';
import { restJsonService } from '../../gateway/protocols.ts';
import type { Happenings } from '../../happenings.ts';
import type { Service } from '../../service.ts';
import type { SimulatedEventBridge } from '../eventbridge/eventbridge.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import type { SimulatedLambda } from '../lambda/lambda.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import { createAttachedFiles } from './attachments/attached-files.ts';
import type { PresignedUrls } from './attachments/presigned-urls.ts';
import { type CallScript, placeCall, type PlacedCall } from './canned/call.ts';
import { createContactCenter } from './contact-center.ts';
import { createContactEvents } from './events/contact-events.ts';
import type { Contact } from './contacts/contact.ts';
import { type Contacts, createContacts } from './contacts/contacts.ts';
import type { FlowStore, StoredFlow } from './flow/flow-store.ts';
import type { Line } from './canned/line.ts';
import type { FlowFunctions } from './flow/flow-functions.ts';
import type { ViewStore } from './flow/view-store.ts';
import { type AgentNotification, createNotifications } from './notifications.ts';
import { connectOperations } from './operations.ts';
import type { ConnectParts } from './parts.ts';
import { createPhoneNumbers } from './phone-numbers.ts';
import { MOST_OPEN_TASKS } from './quotas.ts';
import { type RecordStream, recordSender } from './contacts/record-sender.ts';
import type { Routing } from './routing/routing.ts';
import { createInstanceStorage } from './storage/instance-storage.ts';
import { createStreamPool } from './stream-pool.ts';
import { findTask, type Task } from './contacts/task.ts';
import { throttled } from './throttled.ts';
import type { CallerLine } from './voice/caller-line.ts';
import { callFlow, type CallOrder, type FlowCall, passCallerOn } from './voice/flow-call.ts';
import type { World } from './world.ts';

export interface ConnectOptions {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly kinesis: RecordStream;
  readonly kinesisVideo: Pick<SimulatedKinesisVideo, 'createStream' | 'append'>;
  /** Keeps IVR recordings, and audio that flows play. Absent: no IVR recordings, and no audio from S3. */
  readonly s3?: Pick<SimulatedS3, 'get' | 'put'>;
  /** By which attachments are read and downloaded. Absent: there are none. */
  readonly urls?: PresignedUrls;
  /** Gets contact events. Absent: nobody does. */
  readonly bus?: Pick<SimulatedEventBridge, 'put'>;
  /** Runs the functions that flows invoke. Absent: there are none. */
  readonly lambda?: Pick<SimulatedLambda, 'invoke'>;
  readonly world: World;
  /** ARNs of video streams that earlier calls were on. Absent: there were none. */
  readonly existingStreams?: readonly string[];
  readonly delays: {
    /** From the end of a contact, or a change after it, to its record on the data stream. */
    readonly contactRecordMs: number;
  };
  /** Whether quotas hold: calls a second of each operation, and open tasks. */
  readonly throttle: boolean;
  /** Whether an action that is not simulated ends the flow. Absent: it takes its error branch. */
  readonly isStrict?: boolean;
}

export interface SimulatedConnect {
  readonly service: Service;
  readonly world: World;
  readonly flows: FlowStore;
  readonly views: ViewStore;
  readonly functions: FlowFunctions;
  /** From now on contact records go there: "Data streaming" of the instance was changed. */
  readonly sendRecordsTo: (streamArn: string) => void;
  /** Makes a caller ring, leave a message and hang up. */
  readonly placeCall: (script: CallScript) => PlacedCall;
  /** Makes a caller ring; a flow answers. Throws an Error if no flow does. */
  readonly call: (order: CallOrder) => FlowCall;
  /** The flow that answers the instance's number. Throws an Error if none does. */
  readonly flowOfNumber: () => StoredFlow;
  /** Assigns a number to a flow, by name, id or ARN. */
  readonly assignNumber: (phoneNumber: string, flow: string) => void;
  /** An agent's desk, by username. Throws an Error for an unknown agent. */
  readonly agent: Routing['agent'];
  /** The notifications that an agent sees now, the newest first, by username. Throws an Error for an unknown agent. */
  readonly notificationsOf: (username: string) => readonly AgentNotification[];
  /** The tasks that reached any queue, or the given one, the oldest first; ended ones too. */
  readonly tasks: (queueArn?: string) => readonly Task[];
  /** A call or a task as it is now. Throws ResourceNotFoundException for an unknown one. */
  readonly contact: (contactId: string) => ContactSnapshot;
}

interface ContactSnapshot {
  readonly contactId: string;
  readonly channel: Contact['channel'];
  readonly attributes: Readonly<Record<string, string>>;
  /** The contact that it goes on from, such as a call that was moved to another queue. */
  readonly previousContactId?: string;
  /** Absent while the contact goes on. */
  readonly endedAtMs?: number;
}

const NO_LAMBDA = { invoke: () => Promise.reject(new Error('there are no functions here')) };

/**
 * Amazon Connect: an instance that takes calls and hands out tasks.
 *
 * Calls leave their audio on video streams and contact records on the data stream, as real ones do: at least
 * once, late, and again after every change. Not simulated: chat other than agent guides, setting up most of the
 * instance over the API, history limits. A flow answers `call`; `placeCall` is a canned
 * call that only follows its script, and can have irregular audio.
 */
export function createConnect(options: ConnectOptions): SimulatedConnect {
  const { clock, happenings, kinesis, kinesisVideo, s3, bus, world, delays, throttle, existingStreams } =
    options;
  const storage = createInstanceStorage(world);
  const sendRecord = recordSender({
    clock,
    happenings,
    kinesis,
    world,
    streamArn: storage.contactRecordStreamArn,
    delayMs: delays.contactRecordMs,
  });
  const events = bus && createContactEvents({ clock, world, put: bus.put });
  const contacts = createContacts({ clock, happenings, sendRecord, ...(events && { events }) });
  const lines = new Map<string, Line>();
  const callers = new Map<string, CallerLine>();
  const { lambda = NO_LAMBDA, isStrict = false } = options;
  const { flows, views, functions, routing, runFlow } = createContactCenter({
    clock,
    happenings,
    world,
    contacts,
    lambda,
    voiceOf: (contact) => callers.get(contact.id)?.voice,
    passOn: (from, to) => passCallerOn(callers, from, to),
    isStrict,
  });
  const numbers = createPhoneNumbers({ world, flows });
  const streams = createStreamPool({ clock, kinesisVideo, world, storage, existing: existingStreams });
  const calls = {
    clock,
    happenings,
    contacts,
    kinesisVideo,
    streams,
    world,
    storage,
    lines,
    ...(s3 && { s3 }),
  };
  const files = createAttachedFiles({ clock, world, storage, s3, urls: options.urls });
  const notifications = createNotifications(clock, world);
  const parts = { ...calls, flows, views, functions, numbers, runFlow, routing, files, notifications };

  return {
    service: wireService(parts, throttle),
    world,
    flows,
    views,
    functions,
    sendRecordsTo: storage.sendRecordsTo,
    placeCall: (script) => placeCall(script, calls),
    call(order) {
      const flow = numbers.flowFor(order);
      return callFlow(order, { ...calls, callers, answer: (contact) => runFlow({ flow, contact }) });
    },
    flowOfNumber: () => numbers.flowFor({}),
    assignNumber: numbers.assign,
    agent: routing.agent,
    notificationsOf(username) {
      const user = world.users.find((one) => one.username === username);
      if (!user) throw new Error(`there is no agent ${username}`);
      return notifications.seenBy(user);
    },
    tasks: (queueArn) => tasksIn(contacts, queueArn),
    contact: (contactId) => snapshotOf(contacts.require(contactId)),
  };
}

function wireService(parts: Omit<ConnectParts, 'mostOpenTasks'>, hasQuotas: boolean): Service {
  const operations = connectOperations({ ...parts, mostOpenTasks: hasQuotas ? MOST_OPEN_TASKS : Infinity });
  return restJsonService({
    name: 'connect',
    operations: hasQuotas ? throttled(operations, parts.clock) : operations,
  });
}

function tasksIn(contacts: Contacts, queueArn: string | undefined): readonly Task[] {
  return contacts
    .all()
    .map(findTask)
    .filter((task) => task !== undefined)
    .filter((task) => queueArn === undefined || task.queueArn === queueArn);
}

function snapshotOf({ id, channel, attributes, previousContactId, endedAtMs }: Contact): ContactSnapshot {
  return {
    contactId: id,
    channel,
    attributes: Object.fromEntries(attributes),
    ...(previousContactId !== undefined && { previousContactId }),
    ...(endedAtMs !== undefined && { endedAtMs }),
  };
}
