import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { groupArn, notFound, parsed } from '../input.ts';
import type { LogsParts } from '../parts.ts';

const Input = z.strictObject({ resourceArn: z.string().min(1) });

/** The tags of a log group, whose ARN has no `:*` at its end here. */
export function listTagsForResource({ account, store }: LogsParts): JsonOperation {
  return {
    name: 'ListTagsForResource',
    needs: ({ resourceArn }) => [{ action: 'logs:ListTagsForResource', resource: String(resourceArn) }],
    answer(input) {
      const { resourceArn } = parsed(Input, input);
      const group = store.groups().find(({ name }) => groupArn(name, account) === resourceArn);
      if (!group) throw notFound('resource');
      return { tags: group.tags ?? {} };
    },
  };
}
