import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { contactIdIn } from '../domain/queue-messages.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';

export interface QueueMessagesDeps {
  /** Processes one message, given its parsed body. */
  readonly deal: (message: unknown) => Promise<void>;
  /** Makes a message come back after so many seconds. */
  readonly postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  /** Puts a message that can never be processed into the dead-letter queue. */
  readonly park: (body: string, code: string) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
  /** From 0 up to 1. Absent: Math.random. */
  readonly random?: () => number;
}

const FIRST_DELAY_SECONDS = 5;
/** Ten minutes: messages that wait at the end of an outage go on within a quarter of an hour. */
const LONGEST_DELAY_SECONDS = 600;

/**
 * Throttling for a short time is normal in a burst: it sets the pace. From the sixth time on, after two and
 * a half minutes, the message is late, and counted for the alarm.
 */
const THROTTLES_TO_COUNT = 6;

/**
 * Messages of a queue in, one step for each.
 *
 * A permanent failure goes to the dead-letter queue at once. After any other failure the message comes back
 * after a delay that doubles from 5 seconds to ten minutes, up to the queue's limit of receives: that takes
 * about 22 hours, longer than most outages.
 *
 * A delay is multiplied by 0.5 to 1.5, at random, and never more than ten minutes: messages that failed
 * together do not come back together. An error that names a time for the next try is not a fault: the
 * message comes back by then, and is not counted as a retry.
 */
export function queueMessagesHandler(deps: QueueMessagesDeps) {
  const processor = new BatchProcessor(EventType.SQS);
  const one = (record: SQSRecord) => dealWith(record, deps);

  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const options = { context, processInParallel: false, throwOnFullBatchFailure: false };
    const response = await processPartialResponse(event, one, processor, options);
    deps.meter.flush();
    return response;
  };
}

async function dealWith({ body, receiptHandle, messageId, attributes }: SQSRecord, deps: QueueMessagesDeps) {
  let contactId: string | undefined;
  try {
    const message = parseJson(body);
    contactId = contactIdIn(message);
    await deps.deal(message);
    deps.log.debug('message done', { contactId, messageId, receiveCount: receivesOf(attributes) });
  } catch (error) {
    const about = { contactId, messageId };
    const failing = (what: string) => (cause: unknown) => {
      deps.log.error(what, { ...about, error: cause });
      throw cause;
    };
    if (error instanceof PermanentError) {
      await deps.park(body, error.code).catch(failing('message could not be parked'));
      deps.log.error('message parked', { ...about, error });
      return;
    }
    const receiveCount = receivesOf(attributes);
    const { code, retryWithinMs } = error instanceof RetryableError ? error : {};
    const seconds = retryDelaySeconds(receiveCount, deps.random ?? Math.random, retryWithinMs);
    const isNoFault =
      retryWithinMs !== undefined || (code === 'THROTTLED' && receiveCount < THROTTLES_TO_COUNT);
    if (!isNoFault) deps.meter.count('MessagesRetried');
    deps.log.warn('message will be retried', { ...about, seconds, error });
    await deps.postpone(receiptHandle, seconds).catch(failing('message could not be postponed'));
    throw error;
  }
}

const receivesOf = ({ ApproximateReceiveCount: count }: SQSRecord['attributes']) => Number(count);

/** `receiveCount`: how often the message was received, including this time. */
function retryDelaySeconds(receiveCount: number, random: () => number, withinMs = Infinity): number {
  const mean = Math.min(FIRST_DELAY_SECONDS * 2 ** (receiveCount - 1), LONGEST_DELAY_SECONDS);
  const longest = Math.min(Math.max(1, Math.ceil(withinMs / 1000)), LONGEST_DELAY_SECONDS);
  return Math.min(Math.ceil(mean * (0.5 + random())), longest);
}
