import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { whileBusy } from '../../../gateway/while-busy.ts';
import { AwsError } from '../../../service.ts';
import type { DynamodbParts } from '../parts.ts';
import { tablePermissions } from '../table-permissions.ts';
import { ACTIONS, invalid, transact, transactItems, type TransactItem } from '../transaction.ts';

/** How long a token stands for its request. Source: DynamoDB API reference, ClientRequestToken. */
const TOKEN_MS = 10 * 60_000;

/**
 * All writes and checks, or none. The same request under the same token does nothing again for ten minutes.
 *
 * Not simulated: what capacity it took, and conflicts, as one transaction waits for another here.
 */
export function transactWriteItems({ clock, account, answerOf, turns }: DynamodbParts): JsonOperation {
  const done = new Map<string, { readonly request: string; readonly endsMs: number }>();

  /** Whether the request under this token has been done. */
  function isRepeated(token: string, request: string): boolean {
    for (const [known, { endsMs }] of done) if (endsMs <= clock.now()) done.delete(known);
    const before = done.get(token);
    if (before && before.request !== request) {
      const message =
        'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical';
      throw new AwsError('IdempotentParameterMismatchException', 400, message);
    }
    return before !== undefined;
  }

  return {
    name: 'TransactWriteItems',
    needs: (input) =>
      itemsIn(input).flatMap(({ kind, input: item }) => tablePermissions(ACTIONS[kind], item, account)),
    async answer({ ClientRequestToken: token, ...input }) {
      const items = itemsIn(input);
      const request = JSON.stringify(input);
      await whileBusy(clock, () =>
        turns.alone(async () => {
          if (typeof token === 'string' && isRepeated(token, request)) return;
          await transact(items, answerOf);
          if (typeof token === 'string') done.set(token, { request, endsMs: clock.now() + TOKEN_MS });
        }),
      );
      return {};
    },
  };
}

function itemsIn(input: JsonObject): readonly TransactItem[] {
  return transactItems(input).map((item) => {
    const kinds = Object.keys(item).filter((name) => item[name] !== null);
    const kind = KINDS.find((one) => one === kinds[0]);
    const inside = kind && item[kind];
    if (!kind || kinds.length > 1 || !isJsonObject(inside)) {
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    return { kind, input: inside };
  });
}

const KINDS = ['ConditionCheck', 'Delete', 'Put', 'Update'] as const;
