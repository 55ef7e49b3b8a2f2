import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { pageOf } from '../input.ts';
import type { SnsParts } from '../parts.ts';

export function listTopics({ topics }: SnsParts): QueryOperation {
  return {
    name: 'ListTopics',
    needs: () => [{ action: 'sns:ListTopics', resource: '*' }],
    answer(input) {
      const { items, ...rest } = pageOf(topics.all(), input);
      return { Topics: { member: items.map(({ arn: TopicArn }) => ({ TopicArn })) }, ...rest };
    },
  };
}
