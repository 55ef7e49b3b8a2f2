import type { JsonOperation } from '../../../gateway/protocols.ts';
import { pageIn, requireKey } from '../input.ts';
import type { KmsParts } from '../parts.ts';

/** All aliases of the account, or those of one key. */
export function listAliases(parts: KmsParts): JsonOperation {
  return {
    name: 'ListAliases',
    needs: () => [{ action: 'kms:ListAliases', resource: '*' }],
    answer(input) {
      const { partition, region, id } = parts.account;
      const keys = input['KeyId'] === undefined ? parts.keys : [requireKey(input, parts, { byAlias: false })];
      const aliases = keys.flatMap((key) =>
        key.aliases.map((AliasName) => ({
          AliasName,
          AliasArn: `arn:${partition}:kms:${region}:${id}:${AliasName}`,
          TargetKeyId: key.id,
        })),
      );
      const { page, rest } = pageIn(aliases, input, { fallback: 50, most: 100 });
      return { Aliases: page, ...rest };
    },
  };
}
