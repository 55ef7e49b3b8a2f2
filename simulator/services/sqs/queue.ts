import type { Clock } from '../../clock.ts';
import { type Disorder, IN_ORDER } from '../../faults/disorder.ts';
import { invalidValue } from './errors.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { createMessageStore } from './message-store.ts';
import { newMessage, type StoredMessage } from './message.ts';
import { parseReceiptHandle, receiptHandle } from './receipt-handle.ts';
import { createWakeUps } from './wake-ups.ts';

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  /** 30 unless told otherwise. */
  readonly visibilityTimeoutSeconds?: number;
  /** Four days unless told otherwise. */
  readonly messageRetentionSeconds?: number;
  readonly delaySeconds?: number;
  readonly redrive?: RedrivePolicy;
}

interface RedrivePolicy {
  readonly deadLetterArn: string;
  /** After so many receives, the next one moves the message instead. */
  readonly maxReceiveCount: number;
}

/** A message, and the handle that this receive of it goes by. */
export interface Received {
  readonly message: StoredMessage;
  readonly handle: string;
}

export interface Queue {
  readonly options: Required<Omit<QueueOptions, 'redrive'>> & Pick<QueueOptions, 'redrive'>;
  readonly createdAtMs: number;
  readonly send: (body: string, attributes: MessageAttributes, delaySeconds?: number) => StoredMessage;
  /** Takes in a message from another queue. */
  readonly accept: (message: StoredMessage) => void;
  readonly receive: (maxMessages: number, visibilityTimeoutSeconds?: number) => readonly Received[];
  /** Of a handle that is not the message's latest, nothing comes, and no error either. */
  readonly remove: (handle: string) => void;
  /** Throws AwsError InvalidParameterValue unless the handle is the latest of a message in flight. */
  readonly changeVisibility: (handle: string, seconds: number) => void;
  /** What is receivable, without receiving it; and how to take one of them out. */
  readonly visible: () => ReadonlySet<StoredMessage>;
  readonly take: (message: StoredMessage) => void;
  readonly purge: () => void;
  readonly all: () => readonly StoredMessage[];
  readonly onVisible: (listener: () => void) => () => void;
}

export const LONGEST_VISIBILITY_SECONDS = 43_200;
const USUAL_VISIBILITY_SECONDS = 30;
const USUAL_RETENTION_SECONDS = 345_600;

/** One standard queue. `giveUp` is handed what has been received too often, and takes it elsewhere. */
export function createQueue(
  given: QueueOptions,
  {
    clock,
    giveUp,
    disorder = IN_ORDER,
  }: {
    clock: Clock;
    giveUp: (message: StoredMessage, deadLetterArn: string) => void;
    disorder?: Disorder;
  },
): Queue {
  const options = {
    visibilityTimeoutSeconds: USUAL_VISIBILITY_SECONDS,
    messageRetentionSeconds: USUAL_RETENTION_SECONDS,
    delaySeconds: 0,
    ...given,
  };
  const { arn, redrive } = options;
  const store = createMessageStore({
    now: clock.now,
    retentionMs: options.messageRetentionSeconds * 1000,
    onVisible: () => wakeUps.tell(),
  });
  const wakeUps = createWakeUps({
    clock,
    hasVisible: store.hasVisible,
    nextVisibleAtMs: store.nextVisibleAtMs,
  });

  /** Messages that are to come twice, and how long after the first time: `Disorder`. */
  const copies = new Map<string, number>();

  function hideFor(seconds: number, message: StoredMessage, state: 'delayed' | 'in-flight'): void {
    store.hide(message, state, clock.now() + seconds * 1000);
  }

  function receiveOne(message: StoredMessage, visibilitySeconds: number): Received {
    const nowMs = clock.now();
    message.firstReceivedAtMs ??= nowMs;
    message.lastReceivedAtMs = nowMs;
    message.receiveCount += 1;
    message.receivesHere += 1;
    // Another server's copy is handed out while this one is being worked on.
    const isRepeated = copies.get(message.messageId) === 0 && copies.delete(message.messageId);
    hideFor(isRepeated ? 0 : visibilitySeconds, message, 'in-flight');
    const { messageId, receivesHere } = message;
    return { message, handle: receiptHandle({ queueArn: arn, messageId, receive: receivesHere }) };
  }

  /** A copy outlives the deletion on a server that was not there for it. */
  function removeOrRepeat(message: StoredMessage): void {
    const againAfterMs = copies.get(message.messageId);
    if (againAfterMs === undefined) return store.remove(message);
    copies.delete(message.messageId);
    hideFor(againAfterMs / 1000, message, 'in-flight');
  }

  function findByHandle(handle: string): StoredMessage | undefined {
    const { messageId, receive } = parseReceiptHandle(handle, arn);
    const message = store.find(messageId);
    return message?.receivesHere === receive ? message : undefined;
  }

  return {
    options,
    createdAtMs: clock.now(),
    visible: store.visible,
    all: store.all,
    purge() {
      store.clear();
      wakeUps.plan();
    },
    onVisible: wakeUps.listen,
    send(body, attributes, askedDelaySeconds = options.delaySeconds) {
      const message = newMessage(body, attributes, clock.now());
      const delaySeconds = askedDelaySeconds + disorder.lateMs(arn) / 1000;
      if (delaySeconds > 0) {
        message.state = 'delayed';
        message.visibleAtMs += delaySeconds * 1000;
      }
      const againAfterMs = disorder.repeatedAfterMs(arn);
      if (againAfterMs !== undefined) copies.set(message.messageId, againAfterMs);
      store.add(message);
      wakeUps.plan();
      return message;
    },
    accept: store.add,
    take(message) {
      store.remove(message);
      wakeUps.plan();
    },
    receive(maxMessages, visibilitySeconds = options.visibilityTimeoutSeconds) {
      const received: Received[] = [];
      for (const message of store.visible()) {
        if (received.length >= maxMessages) break;
        if (redrive && message.receivesHere >= redrive.maxReceiveCount) {
          giveUp(message, redrive.deadLetterArn);
          store.remove(message);
        } else {
          received.push(receiveOne(message, visibilitySeconds));
        }
      }
      wakeUps.plan();
      return received;
    },
    remove(handle) {
      const message = findByHandle(handle);
      if (message) removeOrRepeat(message);
      wakeUps.plan();
    },
    changeVisibility(handle, seconds) {
      const message = findByHandle(handle);
      if (message?.state !== 'in-flight') {
        const reason = 'Message does not exist or is not available for visibility timeout change.';
        throw invalidValue(handle, 'ReceiptHandle', reason);
      }
      const sinceReceiveMs = clock.now() - message.lastReceivedAtMs;
      if (sinceReceiveMs + seconds * 1000 > LONGEST_VISIBILITY_SECONDS * 1000) {
        const reason = `Total VisibilityTimeout for the message is beyond the limit [${LONGEST_VISIBILITY_SECONDS} seconds]`;
        throw invalidValue(seconds, 'VisibilityTimeout', reason);
      }
      hideFor(seconds, message, 'in-flight');
      wakeUps.plan();
    },
  };
}
