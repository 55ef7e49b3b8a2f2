import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { SimulatedKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import { speak } from './call-audio.ts';
import { type Contact, newContact, type QueueStay } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import { fileOf, type IvrChannels, recordInteraction } from './ivr-audio.ts';
import type { Irregularities } from './irregularities.ts';
import { type Line, openLine } from './line.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import { defaultRecordingsPrefix, type InstanceStorage } from '../storage/instance-storage.ts';
import type { StreamPool } from '../stream-pool.ts';
import { arnIn, findQueue, type QueuePlace, type World } from '../world.ts';

/** From the ring to the tone: "nobody can take your call, please leave a message". */
const GREETING_MS = 6_000;

/** From the caller's last word to an agent who takes the call, and how long they talk. */
const AGENT_ANSWERS_AFTER_MS = 2_000;
const TALK_MS = 20_000;

/** What a caller does, and what the contact center does with the call. */
export interface CallScript {
  /** E.164, or whatever else a network shows: `anonymous`. */
  readonly from: string;
  /** The number dialled. Absent: the instance's. */
  readonly to?: string;
  /** The recipient's queue, also an agent's. Absent: the first queue. */
  readonly queueArn?: string;
  /** Contact attributes that are added to a voicemail's, or replace them; undefined removes one. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  /** What the caller says after the tone: 8 kHz, mono. Must not be changed afterwards. */
  readonly audio: Int16Array;
  /** Whether what the caller hears is streamed too, on a second track. IVR recordings always have it. */
  readonly alsoToCustomer?: boolean;
  /**
   * Where the message is recorded. `kvs`: by live media streaming. `ivr`: in the recording of the automated
   * interaction, in the world's bucket; the flow writes into `vmx3_timestamp` when the message begins.
   * Absent: `kvs`.
   */
  readonly recordedBy?: 'kvs' | 'ivr';
  /** Who is on which channel of an IVR recording. Absent: the caller on the right one, as documented. */
  readonly ivrChannels?: IvrChannels;
  /**
   * From the hang-up until an IVR recording is uploaded; Infinity: never. Absent: 0, before the contact
   * record.
   */
  readonly uploadDelayMs?: number;
  /** How the audio on the video stream is irregular. Absent: it is regular. */
  readonly irregularities?: Irregularities;
  /** Whether the instance records calls into S3. Only the contact record shows it. */
  readonly callRecording?: boolean;
  /** Whether an agent takes the call after the message was said. */
  readonly agentAnswers?: boolean;
  /** From the ring. Absent, or later than the last word: the caller hangs up after the last word. */
  readonly hangUpAfterMs?: number;
}

export interface PlacedCall {
  readonly contactId: string;
  /** When the call is over. The contact record follows. */
  readonly ended: Promise<void>;
  /** The caller hangs up now. */
  readonly hangUp: () => void;
}

export interface CallParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly contacts: Contacts;
  readonly kinesisVideo: Pick<SimulatedKinesisVideo, 'append'>;
  readonly s3?: Pick<SimulatedS3, 'put'>;
  readonly streams: StreamPool;
  readonly storage: Pick<InstanceStorage, 'callRecordings'>;
  readonly world: World;
  /** The calls in progress, by contact id. */
  readonly lines: Map<string, Line>;
}

/** A caller rings. The call takes place on the simulator's clock. */
export function placeCall(script: CallScript, parts: CallParts): PlacedCall {
  const { clock, happenings, contacts, world, lines } = parts;
  const queue = queueFor(script, world);
  const contact = newContact({
    id: randomUUID(),
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    initiatedAtMs: clock.now(),
    customerNumber: script.from,
    systemNumber: script.to ?? world.phoneNumber,
  });
  const line = openLine(clock, clock.now() + (script.hangUpAfterMs ?? Infinity));
  contacts.add(contact);
  lines.set(contact.id, line);
  happenings.tell({ kind: 'ring', atMs: clock.now(), contactId: contact.id, from: script.from });
  return {
    contactId: contact.id,
    ended: run({ script, contact, line, queue }, parts),
    hangUp: () => line.hangUp('CUSTOMER_DISCONNECT'),
  };
}

interface Call {
  readonly script: CallScript;
  readonly contact: Contact;
  readonly line: Line;
  readonly queue: QueuePlace;
}

async function run(call: Call, parts: CallParts): Promise<void> {
  const { script, contact, line } = call;
  const { clock, contacts, lines, streams, world } = parts;
  if (script.callRecording)
    contact.recordings.push({
      kind: 'file',
      location: `${world.alias}-connect-recordings/${fileOf(contact, defaultRecordingsPrefix(world))}`,
    });

  if (await line.waitUntil(clock.now() + GREETING_MS)) {
    if (script.agentAnswers) contact.queueStay = { queue: call.queue, enqueuedAtMs: clock.now() };
    for (const [key, value] of attributesOf(call, clock)) contact.attributes.set(key, value);
    if (script.recordedBy === 'ivr') {
      await recordInteraction(call, parts);
    } else {
      const streamArn = streams.take();
      const { audio: samples, alsoToCustomer = false, irregularities = {} } = script;
      await speak({ contact, line, streamArn, samples, alsoToCustomer, irregularities }, parts);
      streams.giveBack(streamArn);
    }
  }
  if (contact.queueStay) await talkToAgent(call, contact.queueStay, parts);
  lines.delete(contact.id);
  contacts.end(contact, endedByAgent(call, clock) ? 'AGENT_DISCONNECT' : line.disconnectReason());
}

/** The message was left while waiting in the queue, which the agent's answer ends. */
async function talkToAgent(
  { contact, line, queue }: Call,
  stay: QueueStay,
  { clock, world }: CallParts,
): Promise<void> {
  const user = queue.agent ?? world.users[0];
  if (!user) throw new Error('no agent can answer: the world has no users');
  if (!(await line.waitUntil(clock.now() + AGENT_ANSWERS_AFTER_MS))) return;
  stay.dequeuedAtMs = clock.now();
  contact.connectionAttempts = 1;
  contact.agent = { user, connectedAtMs: clock.now() };
  await line.waitUntil(clock.now() + TALK_MS);
}

/** Agents hang up when they are done, unless the caller has hung up before. */
function endedByAgent({ contact, line }: Call, clock: Clock): boolean {
  return contact.agent !== undefined && clock.now() < line.endsAtMs();
}

function queueFor({ queueArn }: CallScript, world: World): QueuePlace {
  const arn = queueArn ?? arnIn(world, 'queue', world.queues[0]?.id ?? '');
  return findQueue(world, arn) ?? { arn, id: arn };
}

/** What the voicemail flow sets just before the tone. */
function attributesOf({ script, queue }: Call, clock: Clock): [string, string][] {
  const attributes = {
    vmx3_flag: '1',
    vmx3_from: script.from,
    vmx3_lang: 'en-US',
    vmx3_mode: 'task',
    vmx3_queue_arn: queue.arn,
    ...(script.recordedBy === 'ivr' && { vmx3_timestamp: new Date(clock.now()).toISOString() }),
    ...script.attributes,
  };
  return Object.entries(attributes).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, value]],
  );
}
