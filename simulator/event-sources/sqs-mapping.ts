import { inBackground } from '../in-background.ts';
import { AwsError } from '../service.ts';
import type { InvocationResult } from '../services/lambda/invoker.ts';
import type { ReceivedMessage } from '../services/sqs/received-message.ts';
import type { SimulatedSqs } from '../services/sqs/sqs.ts';
import { failedRecords } from './batch-response.ts';
import { compileFilter } from './filter.ts';
import { sqsEvent } from './sqs-event.ts';

export interface SqsMappingSettings {
  readonly functionArn: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  /** The most invocations at one time. Absent: five, with which Lambda begins. */
  readonly maxConcurrency?: number;
  readonly reportsFailures: boolean;
  /** Each is the JSON of an event pattern. */
  readonly filterPatterns: readonly string[];
}

export interface SqsMappingPorts {
  readonly sqs: SimulatedSqs;
  /** Throws AwsError if the queue's key does not let the function's role read. Absent: it does. */
  readonly requireReader?: () => void;
  readonly invoke: (functionArn: string, payload: string) => Promise<InvocationResult>;
}

/** Lambda begins with five batches at a time and adds more by the minute. Source: "Scaling and processing" in its SQS chapter. */
const DEFAULT_CONCURRENCY = 5;

/** Source: SQS API, ReceiveMessage. */
const RECEIVED_AT_ONCE = 10;

/**
 * Takes messages from a queue as they become visible, and invokes the function with them. Returns a
 * function that stops it.
 *
 * Messages that the function processed are deleted, and so are those that do not pass the filter. The
 * rest come back after their visibility timeout, also when the function is throttled.
 *
 * While the queue's key refuses the role, messages stay where they are.
 *
 * Not as on AWS: there is no batching window, and the mapping does not scale up.
 */
export function startSqsMapping(
  settings: SqsMappingSettings,
  { sqs, invoke, requireReader }: SqsMappingPorts,
): () => void {
  const { functionArn, queueArn, batchSize, maxConcurrency = DEFAULT_CONCURRENCY } = settings;
  const passes = compileFilter(settings.filterPatterns, 'body');
  let running = 0;
  let stopped = false;

  function poll(): void {
    while (running < maxConcurrency) {
      const messages = stopped || !mayRead() ? [] : receive();
      if (messages.length === 0) return;
      running += 1;
      const working = workOff(messages).finally(() => {
        running -= 1;
        poll();
      });
      inBackground(working);
    }
  }

  function mayRead(): boolean {
    try {
      requireReader?.();
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  function receive(): readonly ReceivedMessage[] {
    const messages: ReceivedMessage[] = [];
    while (messages.length < batchSize) {
      const more = sqs.receive(queueArn, Math.min(batchSize - messages.length, RECEIVED_AT_ONCE));
      if (more.length === 0) break;
      messages.push(...more);
    }
    return messages;
  }

  async function workOff(messages: readonly ReceivedMessage[]): Promise<void> {
    const wanted = messages.filter((message) =>
      passes({ metadata: { attributes: message.attributes }, content: message.body }),
    );
    remove(messages.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;

    let result: InvocationResult;
    try {
      result = await invoke(functionArn, JSON.stringify(sqsEvent(wanted, settings)));
    } catch (error) {
      if (error instanceof AwsError) return;
      throw error;
    }
    const failed = failedRecords(
      result,
      wanted.map(({ messageId }) => messageId),
      settings,
    );
    remove(wanted.filter(({ messageId }) => !failed.has(messageId)));
  }

  function remove(messages: readonly ReceivedMessage[]): void {
    for (const { receiptHandle } of messages) sqs.remove(queueArn, receiptHandle);
  }

  const stopListening = sqs.onVisible(queueArn, poll);
  return () => {
    stopped = true;
    stopListening();
  };
}
