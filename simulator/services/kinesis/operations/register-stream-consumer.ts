import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { describedConsumer } from '../consumer.ts';
import { requireText } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { addConsumer } from '../stream.ts';

/** Source: Kinesis Data Streams quotas, enhanced fan-out. */
const MOST_CONSUMERS = 20;

/** RegisterStreamConsumer: a reader by enhanced fan-out, which nothing is sent to here. */
export function registerStreamConsumer(parts: KinesisParts): JsonOperation {
  return {
    name: 'RegisterStreamConsumer',
    needs: (input) => [
      { action: 'kinesis:RegisterStreamConsumer', resource: requireText(input, 'StreamARN') },
    ],
    answer(input) {
      const stream = parts.stream(requireText(input, 'StreamARN'));
      const name = requireText(input, 'ConsumerName');
      if (stream.consumers.has(name)) {
        const message = `Consumer ${name} under stream ${stream.name} already exists.`;
        throw new AwsError('ResourceInUseException', 400, message);
      }
      if (stream.consumers.size >= MOST_CONSUMERS) {
        const message = `Stream ${stream.name} has ${MOST_CONSUMERS} consumers already.`;
        throw new AwsError('LimitExceededException', 400, message);
      }
      return { Consumer: describedConsumer(addConsumer(stream, name, parts.now()), 'CREATING') };
    },
  };
}
