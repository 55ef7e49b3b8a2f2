import type { JsonOperation } from '../../../gateway/protocols.ts';
import { notFound, onKey, requireKey } from '../input.ts';
import type { KmsParts } from '../parts.ts';

/** Aliases are not taken. */
const BY_ID_OR_ARN = { byAlias: false };

/** A key has one policy, which is called `default`. */
export function getKeyPolicy(parts: KmsParts): JsonOperation {
  return {
    name: 'GetKeyPolicy',
    needs: onKey('GetKeyPolicy', parts, BY_ID_OR_ARN),
    answer(input) {
      const { policy } = requireKey(input, parts, BY_ID_OR_ARN);
      const { PolicyName: name = 'default' } = input;
      if (name !== 'default') throw notFound(`No such policy exists: ${String(name)}`);
      const document = { Version: '2012-10-17', Id: 'key-default-1', Statement: policy };
      return { Policy: JSON.stringify(document, undefined, 2), PolicyName: name };
    },
  };
}
