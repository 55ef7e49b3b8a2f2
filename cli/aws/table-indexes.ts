import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Asker } from './asker.ts';

/** What DynamoDB says of an index. `gone`: the table has none of that name. */
export type IndexState = 'making room' | 'filling' | 'ready' | 'going' | 'gone';

export interface TableIndexes {
  /** DynamoDB counts about every six hours. */
  readonly itemCount: number;
  readonly stateOf: (index: string) => IndexState;
}

/** The indexes of a table, as they are now. Throws as `Asker.ask` does. */
export async function tableIndexes(
  TableName: string,
  { client, ask }: Pick<Asker, 'client' | 'ask'>,
): Promise<TableIndexes> {
  const dynamodb = client(DynamoDBClient);
  const { Table } = await ask('dynamodb:DescribeTable', () =>
    dynamodb.send(new DescribeTableCommand({ TableName })),
  );
  const indexes = Table?.GlobalSecondaryIndexes ?? [];
  return {
    itemCount: Table?.ItemCount ?? 0,
    stateOf(index) {
      const found = indexes.find(({ IndexName }) => IndexName === index);
      if (!found) return 'gone';
      if (found.IndexStatus === 'DELETING') return 'going';
      if (found.IndexStatus === 'ACTIVE') return 'ready';
      return found.Backfilling === true ? 'filling' : 'making room';
    },
  };
}
