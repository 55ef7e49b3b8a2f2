import type { JsonOperation } from '../../../gateway/protocols.ts';
import { consumerIn, onConsumer } from '../consumer.ts';
import type { KinesisParts } from '../parts.ts';

export function deregisterStreamConsumer(parts: KinesisParts): JsonOperation {
  return {
    name: 'DeregisterStreamConsumer',
    needs: onConsumer('DeregisterStreamConsumer', parts),
    answer(input) {
      const { stream, consumer } = consumerIn(input, parts);
      stream.consumers.delete(consumer.name);
      return undefined;
    },
  };
}
