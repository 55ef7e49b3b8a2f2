import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PermanentError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { contactIdIn } from '../domain/messages.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';

export interface QueueMessagesDeps {
  /** Deals with one message, given its parsed body. */
  readonly deal: (message: unknown) => Promise<void>;
  /** Has a message come back after so many seconds. */
  readonly postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  /** Puts a message that can never be dealt with into the dead-letter queue. */
  readonly park: (body: string, code: string) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
}

const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 900;

/**
 * Messages of a queue in, one step for each.
 *
 * A permanent failure goes to the dead-letter queue at once. Any other comes back
 * after a delay that doubles from 5 seconds to 15 minutes, until the queue has
 * handed it out as often as it may: that takes hours, longer than most outages.
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
  } catch (error) {
    if (error instanceof PermanentError) {
      await deps.park(body, error.code);
      deps.log.error('message parked', { contactId, messageId, error });
      return;
    }
    const seconds = retryDelaySeconds(Number(attributes.ApproximateReceiveCount));
    deps.meter.count('MessagesRetried');
    deps.log.warn('message will be retried', { contactId, messageId, seconds, error });
    await deps.postpone(receiptHandle, seconds);
    throw error;
  }
}

/** `receiveCount`: how often the message has been handed out, this time included. */
function retryDelaySeconds(receiveCount: number): number {
  return Math.min(FIRST_DELAY_SECONDS * 2 ** (receiveCount - 1), LONGEST_DELAY_SECONDS);
}
