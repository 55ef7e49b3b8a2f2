import type { JsonOperation } from '../../../gateway/protocols.ts';
import { pageIn } from '../input.ts';
import type { KmsParts } from '../parts.ts';

export function listKeys({ keys }: KmsParts): JsonOperation {
  return {
    name: 'ListKeys',
    needs: () => [{ action: 'kms:ListKeys', resource: '*' }],
    answer(input) {
      const { page, rest } = pageIn(keys, input, { fallback: 100, most: 1000 });
      return { Keys: page.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...rest };
    },
  };
}
