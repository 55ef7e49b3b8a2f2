import type { Clock } from '../../../clock.ts';
import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { askQueueKey, RECEIVING } from '../encryption.ts';
import { findNumber, onQueue, queueIn, textsIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { md5OfMessageAttributes, type MessageAttributes } from '../message-attributes.ts';
import { LONGEST_VISIBILITY_SECONDS, type Queue, type Received } from '../queue.ts';
import { receivedMessage } from '../received-message.ts';

const MOST_MESSAGES = 10;
const LONGEST_WAIT_SECONDS = 20;

/**
 * ReceiveMessage, with long polling on the clock. If there are no messages, the answer has no list, as on
 * AWS.
 */
export function receiveMessage(parts: SqsParts): JsonOperation {
  return {
    name: 'ReceiveMessage',
    needs: onQueue('ReceiveMessage', parts),
    async answer(input, { caller }) {
      const queue = queueIn(input, parts);
      askQueueKey(parts.keys, queue.options, RECEIVING, caller);
      const most = findNumber(input, 'MaxNumberOfMessages', { least: 1, most: MOST_MESSAGES }) ?? 1;
      const limits = { least: 0, most: LONGEST_VISIBILITY_SECONDS };
      const visibilitySeconds = findNumber(input, 'VisibilityTimeout', limits);
      const wait = findNumber(input, 'WaitTimeSeconds', { least: 0, most: LONGEST_WAIT_SECONDS }) ?? 0;

      const receive = () => queue.receive(most, visibilitySeconds);
      const received = await receiveWithin(wait * 1000, { receive, queue, clock: parts.clock });
      return received.length === 0 ? {} : { Messages: received.map((one) => written(one, input)) };
    },
  };
}

/** Waits for the first message. Returns an empty list if none comes in time. */
async function receiveWithin(
  waitMs: number,
  { receive, queue, clock }: { receive: () => readonly Received[]; queue: Queue; clock: Clock },
): Promise<readonly Received[]> {
  const there = receive();
  if (there.length > 0 || waitMs === 0) return there;
  return new Promise((resolve) => {
    const stopListening = queue.onVisible(() => {
      const received = receive();
      if (received.length > 0) end(received);
    });
    const stopWaiting = clock.after(waitMs, () => end([]));
    function end(received: readonly Received[]): void {
      stopListening();
      stopWaiting();
      resolve(received);
    }
  });
}

/** Only requested attributes are included. */
function written(received: Received, input: JsonObject): Record<string, unknown> {
  const { messageId, receiptHandle, md5OfBody, body, ...rest } = receivedMessage(received);
  const wanted = [...textsIn(input, 'AttributeNames'), ...textsIn(input, 'MessageSystemAttributeNames')];
  const attributes = Object.entries(rest.attributes).filter(
    ([name]) => wanted.includes('All') || wanted.includes(name),
  );
  const messageAttributes = selected(rest.messageAttributes, textsIn(input, 'MessageAttributeNames'));
  const md5OfAttributes = md5OfMessageAttributes(messageAttributes);
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5OfBody,
    Body: body,
    ...(attributes.length > 0 && { Attributes: Object.fromEntries(attributes) }),
    ...(md5OfAttributes !== undefined && {
      MessageAttributes: messageAttributes,
      MD5OfMessageAttributes: md5OfAttributes,
    }),
  };
}

/** By name; `All` or `.*` for all of them, `prefix.*` for those with that prefix. */
function selected(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const isWanted = (name: string) =>
    wanted.some(
      (one) =>
        one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -'.*'.length))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
