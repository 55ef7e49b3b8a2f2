import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import type { SnsParts } from '../parts.ts';

/** ListTagsForResource, of a topic. Source: Amazon SNS API reference. */
export function listTagsForResource({ topics }: SnsParts): QueryOperation {
  return {
    name: 'ListTagsForResource',
    needs: (input) => [{ action: 'sns:ListTagsForResource', resource: input.get('ResourceArn') ?? '*' }],
    answer(input) {
      const topic = topics.find(input.get('ResourceArn') ?? '');
      if (!topic) throw new AwsError('ResourceNotFound', 404, 'Resource does not exist');
      const member = Object.entries(topic.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
      return { Tags: { member } };
    },
  };
}
