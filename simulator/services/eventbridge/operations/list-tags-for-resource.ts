import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { busArn, requireText, ruleArn } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';

/** ListTagsForResource: of a rule, or of the bus, which has none. Source: EventBridge API reference. */
export function listTagsForResource({ rules, account }: EventBridgeParts): JsonOperation {
  return {
    name: 'ListTagsForResource',
    needs: (input) => [{ action: 'events:ListTagsForResource', resource: requireText(input, 'ResourceARN') }],
    answer(input) {
      const arn = requireText(input, 'ResourceARN');
      if (arn === busArn(account)) return { Tags: [] };
      const rule = [...rules.values()].find(({ name }) => ruleArn(account, name) === arn);
      if (!rule) throw new AwsError('ResourceNotFoundException', 400, `Resource ${arn} does not exist.`);
      return { Tags: Object.entries(rule.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
