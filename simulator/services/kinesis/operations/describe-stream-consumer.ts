import type { JsonOperation } from '../../../gateway/protocols.ts';
import { consumerIn, describedConsumer, onConsumer } from '../consumer.ts';
import type { KinesisParts } from '../parts.ts';

export function describeStreamConsumer(parts: KinesisParts): JsonOperation {
  return {
    name: 'DescribeStreamConsumer',
    needs: onConsumer('DescribeStreamConsumer', parts),
    answer(input) {
      const { stream, consumer } = consumerIn(input, parts);
      return { ConsumerDescription: { ...describedConsumer(consumer), StreamARN: stream.arn } };
    },
  };
}
