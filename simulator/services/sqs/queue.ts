import type { Clock } from '../../clock.ts';
import { type Disorder, IN_ORDER } from '../../faults/disorder.ts';
import { invalidValue } from './errors.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { createMessageStore, type MessageStore } from './message-store.ts';
import { newMessage, type StoredMessage } from './message.ts';
import { parseReceiptHandle, receiptHandle } from './receipt-handle.ts';
import { createWakeUps } from './wake-ups.ts';

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  /** Absent: 30. */
  readonly visibilityTimeoutSeconds?: number;
  /** Absent: four days. */
  readonly messageRetentionSeconds?: number;
  readonly delaySeconds?: number;
  readonly redrive?: RedrivePolicy;
  readonly tags?: Readonly<Record<string, string>>;
  /** Of KMS. Absent: SQS's own keys. */
  readonly keyId?: string;
}

interface RedrivePolicy {
  readonly deadLetterArn: string;
  /** After so many receives, the next receive moves the message instead. */
  readonly maxReceiveCount: number;
}

/** A message, and the receipt handle of this receive. */
export interface Received {
  readonly message: StoredMessage;
  readonly handle: string;
}

export interface Queue {
  readonly options: Required<Omit<QueueOptions, 'redrive' | 'keyId'>> &
    Pick<QueueOptions, 'redrive' | 'keyId'>;
  readonly createdAtMs: number;
  readonly changedAtMs: () => number;
  /** Its resource policy as JSON, which is shown, and asked where a rule sends to it. Absent: it has none. */
  policy?: string;
  /** With its messages. What is absent becomes the default. */
  readonly change: (options: QueueOptions) => void;
  readonly send: (body: string, attributes: MessageAttributes, delaySeconds?: number) => StoredMessage;
  /** Takes in a message from another queue. */
  readonly accept: (message: StoredMessage) => void;
  readonly receive: (maxMessages: number, visibilityTimeoutSeconds?: number) => readonly Received[];
  /** Removes nothing, without an error, unless the handle is the latest of its message. */
  readonly remove: (handle: string) => void;
  /** Throws AwsError InvalidParameterValue unless the handle is the latest of a message in flight. */
  readonly changeVisibility: (handle: string, seconds: number) => void;
  /** The messages that can be received, without receiving them, and a function that removes one. */
  readonly visible: () => ReadonlySet<StoredMessage>;
  readonly take: (message: StoredMessage) => void;
  readonly purge: () => void;
  readonly all: () => readonly StoredMessage[];
  readonly onVisible: (listener: () => void) => () => void;
}

export const LONGEST_VISIBILITY_SECONDS = 43_200;
const USUAL_VISIBILITY_SECONDS = 30;
const USUAL_RETENTION_SECONDS = 345_600;

interface QueueSurroundings {
  readonly clock: Clock;
  /** Gets the messages that were received too often, and moves them. */
  readonly giveUp: (message: StoredMessage, deadLetterArn: string) => void;
  /** Absent: each message is delivered once, in time. */
  readonly disorder?: Disorder;
}

/** The state for sending and receiving. */
interface QueueParts extends Required<QueueSurroundings> {
  readonly options: Queue['options'];
  readonly store: MessageStore;
  /** Messages that will be delivered twice, and how long after the first time: `Disorder`. */
  readonly copies: Map<string, number>;
}

/** One standard queue. */
export function createQueue(
  given: QueueOptions,
  { clock, giveUp, disorder = IN_ORDER }: QueueSurroundings,
): Queue {
  const options = withDefaults(given);
  const store = createMessageStore({
    now: clock.now,
    retentionMs: () => options.messageRetentionSeconds * 1000,
    onVisible: () => wakeUps.tell(),
  });
  const wakeUps = createWakeUps({
    clock,
    hasVisible: store.hasVisible,
    nextVisibleAtMs: store.nextVisibleAtMs,
  });
  const parts: QueueParts = { options, clock, giveUp, disorder, store, copies: new Map() };

  /** After a change, another message may be the next to show up. */
  function planned<Answer>(answer: Answer): Answer {
    wakeUps.plan();
    return answer;
  }

  const createdAtMs = clock.now();
  let changedAtMs = createdAtMs;
  return {
    options,
    createdAtMs,
    changedAtMs: () => changedAtMs,
    change(next) {
      changedAtMs = clock.now();
      delete options.redrive;
      delete options.keyId;
      Object.assign(options, withDefaults(next));
      planned(undefined);
    },
    visible: store.visible,
    all: store.all,
    accept: store.add,
    onVisible: wakeUps.listen,
    purge: () => planned(store.clear()),
    take: (message) => planned(store.remove(message)),
    send: (body, attributes, delaySeconds) => planned(send(parts, { body, attributes, delaySeconds })),
    receive: (most, visibilitySeconds) => planned(receive(parts, most, visibilitySeconds)),
    remove: (handle) => planned(remove(parts, handle)),
    changeVisibility: (handle, seconds) => planned(changeVisibility(parts, handle, seconds)),
  };
}

function withDefaults(given: QueueOptions): {
  -readonly [Name in keyof Queue['options']]: Queue['options'][Name];
} {
  return {
    visibilityTimeoutSeconds: USUAL_VISIBILITY_SECONDS,
    messageRetentionSeconds: USUAL_RETENTION_SECONDS,
    delaySeconds: 0,
    tags: {},
    ...given,
  };
}

function send(
  { options, clock, disorder, store, copies }: QueueParts,
  sent: { body: string; attributes: MessageAttributes; delaySeconds: number | undefined },
): StoredMessage {
  const { arn } = options;
  const message = newMessage(sent.body, sent.attributes, clock.now());
  const delaySeconds = (sent.delaySeconds ?? options.delaySeconds) + disorder.lateMs(arn) / 1000;
  if (delaySeconds > 0) {
    message.state = 'delayed';
    message.visibleAtMs += delaySeconds * 1000;
  }
  const againAfterMs = disorder.repeatedAfterMs(arn);
  if (againAfterMs !== undefined) copies.set(message.messageId, againAfterMs);
  store.add(message);
  return message;
}

function receive(
  parts: QueueParts,
  most: number,
  visibilitySeconds = parts.options.visibilityTimeoutSeconds,
): readonly Received[] {
  const { store, giveUp, options } = parts;
  const { redrive } = options;
  const received: Received[] = [];
  for (const message of store.visible()) {
    if (received.length >= most) break;
    if (redrive && message.receivesHere >= redrive.maxReceiveCount) {
      giveUp(message, redrive.deadLetterArn);
      store.remove(message);
    } else {
      received.push(receiveOne(parts, message, visibilitySeconds));
    }
  }
  return received;
}

function receiveOne(parts: QueueParts, message: StoredMessage, visibilitySeconds: number): Received {
  const { options, clock, copies } = parts;
  const nowMs = clock.now();
  message.firstReceivedAtMs ??= nowMs;
  message.lastReceivedAtMs = nowMs;
  message.receiveCount += 1;
  message.receivesHere += 1;
  // Another server's copy is delivered while this one is being processed.
  const isRepeated = copies.get(message.messageId) === 0 && copies.delete(message.messageId);
  hideFor(parts, message, isRepeated ? 0 : visibilitySeconds);
  const { messageId, receivesHere } = message;
  return { message, handle: receiptHandle({ queueArn: options.arn, messageId, receive: receivesHere }) };
}

/** A copy survives on a server that missed the deletion. */
function remove(parts: QueueParts, handle: string): void {
  const { store, copies } = parts;
  const message = findByHandle(parts, handle);
  if (!message) return;
  const againAfterMs = copies.get(message.messageId);
  if (againAfterMs === undefined) return store.remove(message);
  copies.delete(message.messageId);
  hideFor(parts, message, againAfterMs / 1000);
}

function changeVisibility(parts: QueueParts, handle: string, seconds: number): void {
  const message = findByHandle(parts, handle);
  if (message?.state !== 'in-flight') {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw invalidValue(handle, 'ReceiptHandle', reason);
  }
  const sinceReceiveMs = parts.clock.now() - message.lastReceivedAtMs;
  if (sinceReceiveMs + seconds * 1000 > LONGEST_VISIBILITY_SECONDS * 1000) {
    const reason = `Total VisibilityTimeout for the message is beyond the limit [${LONGEST_VISIBILITY_SECONDS} seconds]`;
    throw invalidValue(seconds, 'VisibilityTimeout', reason);
  }
  hideFor(parts, message, seconds);
}

function hideFor({ store, clock }: QueueParts, message: StoredMessage, seconds: number): void {
  store.hide(message, 'in-flight', clock.now() + seconds * 1000);
}

function findByHandle({ store, options }: QueueParts, handle: string): StoredMessage | undefined {
  const { messageId, receive: nth } = parseReceiptHandle(handle, options.arn);
  const message = store.find(messageId);
  return message?.receivesHere === nth ? message : undefined;
}
