import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { whileBusy } from '../../../gateway/while-busy.ts';
import type { DynamodbParts } from '../parts.ts';
import { tablePermissions } from '../table-permissions.ts';
import { asked, invalid, transactItems } from '../transaction.ts';

/** Items as they are at one time. */
export function transactGetItems({ clock, account, answerOf, turns }: DynamodbParts): JsonOperation {
  return {
    name: 'TransactGetItems',
    needs: (input) => getsIn(input).flatMap((get) => tablePermissions('GetItem', get, account)),
    answer: (input) =>
      whileBusy(clock, () =>
        turns.alone(async () => {
          const Responses: JsonObject[] = [];
          for (const get of getsIn(input)) {
            const { Item } = await asked(answerOf, 'GetItem', { ...get, ConsistentRead: true });
            Responses.push(Item === undefined ? {} : { Item });
          }
          return { Responses };
        }),
      ),
  };
}

function getsIn(input: JsonObject): readonly JsonObject[] {
  return transactItems(input).map(({ Get: get }) => {
    if (isJsonObject(get)) return get;
    throw invalid('TransactItems can only contain Get');
  });
}
