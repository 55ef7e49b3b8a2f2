import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import type { Disorder } from '../../faults/disorder.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { idsInText } from '../../gateway/named-ids.ts';
import type { Happenings } from '../../happenings.ts';
import type { Caller, Service } from '../../service.ts';
import type { KeyRing, ServiceUser } from '../kms/key-ring.ts';
import { askQueueKey, RECEIVING, SENDING } from './encryption.ts';
import { queueDoesNotExist, sqsErrorAnswer } from './errors.ts';
import type { SqsParts } from './parts.ts';
import { type MessageAttributes, parseMessageAttributes } from './message-attributes.ts';
import { deadLettered, type StoredMessage } from './message.ts';
import { createMoveTasks } from './move-tasks.ts';
import { sqsOperations } from './operations.ts';
import { createQueue, type Queue, type QueueOptions } from './queue.ts';
import { type ReceivedMessage, receivedMessage } from './received-message.ts';

/** The in-process calls throw AwsError QueueDoesNotExist if the ARN is not a queue's. */
export interface SimulatedSqs {
  readonly service: Service;
  /** Throws an Error for an ARN that is taken or the name of a FIFO queue. */
  readonly createQueue: (queue: QueueOptions) => void;
  readonly changeQueue: (queue: QueueOptions) => void;
  /** JSON; undefined takes it away. */
  readonly setPolicy: (queueArn: string, policy: string | undefined) => void;
  /** With its messages. Those who listen to it must have stopped. */
  readonly deleteQueue: (queueArn: string) => void;
  readonly send: (
    queueArn: string,
    body: string,
    options?: {
      delaySeconds?: number;
      attributes?: MessageAttributes;
      /** Whose rights to the queue's key are used. Absent: they are not asked. */
      by?: Caller | ServiceUser;
    },
  ) => { messageId: string };
  /**
   * A message that was received too often goes to the dead-letter queue instead (happening `dead-letter`).
   */
  readonly receive: (
    queueArn: string,
    maxMessages: number,
    visibilityTimeoutSeconds?: number,
  ) => readonly ReceivedMessage[];
  /** Whether the queue's key lets somebody read its messages. Throws AwsError KmsAccessDenied and others. */
  readonly requireReader: (queueArn: string, reader: Caller) => void;
  /** With an older handle than the message's latest, nothing is removed and nothing thrown. */
  readonly remove: (queueArn: string, receiptHandle: string) => void;
  /** Throws AwsError InvalidParameterValue if the message was deleted, or is visible again. */
  readonly changeVisibility: (queueArn: string, receiptHandle: string, seconds: number) => void;
  /**
   * Calls the listener in a later turn whenever a message has become receivable, and once at the start if
   * there is one. One call can stand for several messages, and another consumer can have received them by
   * then. Returns a function that stops it.
   */
  readonly onVisible: (queueArn: string, listener: () => void) => () => void;
  readonly queueArns: () => readonly string[];
  readonly queueUrl: (queueArn: string) => string;
  readonly depth: (queueArn: string) => { visible: number; inFlight: number };
  /**
   * ApproximateAgeOfOldestMessage in milliseconds, 0 for an empty queue. Messages that were received more
   * than three times do not count. Source: SQS developer guide, "Available CloudWatch metrics".
   */
  readonly oldestAgeMs: (queueArn: string) => number;
  /** All messages that are not deleted, also those in flight or delayed. */
  readonly messages: (queueArn: string) => readonly { messageId: string; body: string }[];
}

export interface SqsOptions {
  readonly clock: Clock;
  readonly happenings: Happenings;
  /** The gateway's endpoint, known once it listens. */
  readonly baseUrl: () => string;
  readonly account?: Account;
  /** Absent: each message is delivered once, in time. */
  readonly disorder?: Disorder;
  /** Absent: nothing is asked of a key. */
  readonly keys?: KeyRing;
}

/** A message that was received more often counts as poison, and its age is left out. */
const COUNTED_RECEIVES = 3;

/**
 * Amazon SQS, standard queues: visibility, delay, retention, long polling and redrive
 * on the simulator's clock.
 *
 * Not simulated: FIFO queues, deleting queues by API, queue policies other than for rules that send to
 * queues, the keys of messages that were sent before their queue got another one, system attributes of messages (X-Ray's header is
 * dropped), message groups (accepted, and ignored). Messages are received in the order in which they became
 * visible, each once until its visibility timeout, unless `disorder` says otherwise: SQS guarantees neither.
 * A purge is immediate. A message moves to the dead-letter queue at the first receive beyond
 * `maxReceiveCount`.
 */
export function createSqs({
  clock,
  happenings,
  baseUrl,
  account = LAPTOP_ACCOUNT,
  disorder,
  keys,
}: SqsOptions): SimulatedSqs {
  const queues = new Map<string, Queue>();
  const tasks = createMoveTasks({ clock, findQueue: (arn) => queues.get(arn) });

  function queue(arn: string): Queue {
    const found = queues.get(arn);
    if (!found) throw queueDoesNotExist();
    return found;
  }

  function giveUp(message: StoredMessage, from: string, deadLetterArn: string): void {
    const deadLetters = queues.get(deadLetterArn);
    if (!deadLetters) throw new Error(`The dead-letter queue of ${from} does not exist: ${deadLetterArn}`);
    deadLetters.accept(deadLettered(message, from, clock.now()));
    const { messageId, body } = message;
    const about = idsInText(body);
    happenings.tell({ kind: 'dead-letter', atMs: clock.now(), queueArn: deadLetterArn, messageId, about });
  }

  function create(options: QueueOptions): void {
    const { arn, name } = options;
    if (name.endsWith('.fifo')) throw new Error(`FIFO queues are not simulated: ${name}`);
    if (queues.has(arn)) throw new Error(`There is already a queue ${arn}`);
    const surroundings = {
      clock,
      giveUp: (message: StoredMessage, deadLetterArn: string) => giveUp(message, arn, deadLetterArn),
      ...(disorder && { disorder }),
    };
    queues.set(arn, createQueue(options, surroundings));
  }

  function queueUrl(arn: string): string {
    const { name } = queue(arn).options;
    return `${baseUrl()}/${arn.split(':')[4]}/${name}`;
  }

  const keyed = keys && { keys };
  return {
    service: serviceOf({ queue, queues, create, queueUrl, tasks, clock, account, ...keyed }),
    createQueue: create,
    changeQueue: (options) => queue(options.arn).change(options),
    setPolicy: (arn, policy) => setPolicy(queue(arn), policy),
    deleteQueue(arn) {
      queue(arn).purge();
      queues.delete(arn);
    },
    send(arn, body, { delaySeconds, attributes, by } = {}) {
      if (by) askQueueKey(keys, queue(arn).options, SENDING, by);
      const { messageId } = queue(arn).send(body, parseMessageAttributes(attributes), delaySeconds);
      return { messageId };
    },
    receive: (arn, maxMessages, visibilitySeconds) =>
      queue(arn).receive(maxMessages, visibilitySeconds).map(receivedMessage),
    requireReader: (arn, reader) => askQueueKey(keys, queue(arn).options, RECEIVING, reader),
    remove: (arn, handle) => queue(arn).remove(handle),
    changeVisibility: (arn, handle, seconds) => queue(arn).changeVisibility(handle, seconds),
    onVisible: (arn, listener) => queue(arn).onVisible(listener),
    queueArns: () => [...queues.keys()],
    queueUrl,
    depth: (arn) => depthOf(queue(arn)),
    oldestAgeMs: (arn) => oldestAgeMs(queue(arn), clock.now()),
    messages: (arn) => bodiesIn(queue(arn)),
  };
}

function serviceOf(parts: SqsParts): Service {
  const operations = sqsOperations(parts);
  const service = jsonService({ name: 'sqs', targetPrefix: 'AmazonSQS', version: '1.0', operations });
  return { ...service, errorAnswer: sqsErrorAnswer };
}

function setPolicy(queue: Queue, policy: string | undefined): void {
  if (policy === undefined) delete queue.policy;
  else queue.policy = policy;
}

function bodiesIn(queue: Queue): ReturnType<SimulatedSqs['messages']> {
  return queue.all().map(({ messageId, body }) => ({ messageId, body }));
}

function depthOf(queue: Queue): ReturnType<SimulatedSqs['depth']> {
  const all = queue.all();
  return {
    visible: queue.visible().size,
    inFlight: all.filter(({ state }) => state === 'in-flight').length,
  };
}

function oldestAgeMs(queue: Queue, nowMs: number): number {
  const arrivals = queue
    .all()
    .filter(({ receivesHere }) => receivesHere <= COUNTED_RECEIVES)
    .map(({ arrivedHereAtMs }) => arrivedHereAtMs);
  return arrivals.length === 0 ? 0 : nowMs - arrivals.reduce((a, b) => Math.min(a, b));
}
