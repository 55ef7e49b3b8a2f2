import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { describedConsumer } from '../consumer.ts';
import { countIn, requireText } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** AWS allows 10,000; a stream can have 20. */
const MOST_CONSUMERS = 10_000;
const USUAL_CONSUMERS = 100;

/** Who reads a stream by enhanced fan-out. Event source mappings without it are not among them. */
export function listStreamConsumers({ stream }: KinesisParts): JsonOperation {
  return {
    name: 'ListStreamConsumers',
    needs: (input) => [{ action: 'kinesis:ListStreamConsumers', resource: requireText(input, 'StreamARN') }],
    answer(input) {
      const consumers = [...stream(requireText(input, 'StreamARN')).consumers.values()];
      const limit = countIn(input, { name: 'MaxResults', most: MOST_CONSUMERS, fallback: USUAL_CONSUMERS });
      const start = startIn(input['NextToken'], consumers.length);
      const end = start + limit;
      return {
        Consumers: consumers.slice(start, end).map((one) => describedConsumer(one)),
        ...(end < consumers.length && { NextToken: Buffer.from(String(end)).toString('base64') }),
      };
    },
  };
}

function startIn(token: unknown, count: number): number {
  if (token === undefined) return 0;
  const text = typeof token === 'string' ? token : '';
  const start = Number(Buffer.from(text, 'base64').toString('utf8'));
  if (Number.isInteger(start) && start > 0 && start < count) return start;
  throw new AwsError('ExpiredNextTokenException', 400, 'The provided NextToken is not valid.');
}
