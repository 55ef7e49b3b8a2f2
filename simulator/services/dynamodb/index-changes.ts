import type { Clock } from '../../clock.ts';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import type { Engine } from './dynalite-engine.ts';
import { asked, rebuild } from './rebuild.ts';
import { picked } from './table-form.ts';

/** How long indexes take that are added to a table, or taken from one. */
export interface IndexPace {
  /** Until there is room for a new one, or one is gone. */
  readonly indexMs: number;
  /** For each item that a table has when it gets one. */
  readonly indexItemMs: number;
}

/**
 * The global indexes that come to a table, and go: DynamoDB changes one at a time.
 *
 * A new one is `CREATING`. First there is made room for it, and the table is `UPDATING`. Then it is filled with the
 * items that are there (`Backfilling`). It is read when it is `ACTIVE`.
 *
 * Source: DynamoDB developer guide, "Managing global secondary indexes in DynamoDB"; API reference, UpdateTable and
 * GlobalSecondaryIndexDescription.
 */
export interface IndexChanges {
  /**
   * Does what UpdateTable wants with indexes, and answers it. Nobody else may be at work on the tables. Throws
   * AwsErrors.
   */
  readonly update: (input: JsonObject) => Promise<{ readonly status: number; readonly body: string }>;
  /** Throws AwsError if the operation is refused because of an index that comes or goes. */
  readonly refuse: (operation: string, input: JsonObject) => void;
  /** The description of a table, with the state of its indexes. */
  readonly described: (table: JsonObject) => JsonObject;
  readonly forget: (table: string) => void;
}

type Phase = 'making room' | 'backfilling' | 'deleting';

interface Change {
  readonly index: string;
  phase: Phase;
  /** Of an index that goes: as it was described. */
  readonly was?: JsonObject;
  readonly stop: () => void;
}

interface Known {
  change?: Change | undefined;
  /** The indexes that CreateTable has not made: DescribeTable says of these whether they are being filled. */
  readonly added: Set<string>;
  /** dynalite makes the table again. */
  readonly identity: JsonObject;
}

/** Source: public reports of the error; the API reference has the rule. */
const ONE_AT_A_TIME =
  'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table';

export function createIndexChanges(
  engine: Engine,
  { clock, indexMs, indexItemMs }: IndexPace & { readonly clock: Clock },
): IndexChanges {
  const tables = new Map<string, Known>();

  async function create(name: string, input: JsonObject, index: JsonObject): Promise<void> {
    const table = await tableOf(engine, name);
    const indexName = String(index['IndexName']);
    if (indexesIn(table).some(({ IndexName }) => IndexName === indexName)) {
      throw new AwsError('ValidationException', 400, 'Attempting to create an index which already exists');
    }
    const AttributeDefinitions = [table['AttributeDefinitions'], input['AttributeDefinitions'] ?? []].flat();
    const GlobalSecondaryIndexes = [...indexesIn(table), index];
    const known = knownOf(name, table);
    const count = await rebuild(engine, { ...table, AttributeDefinitions, GlobalSecondaryIndexes });
    known.added.add(indexName);
    const change: Change = { index: indexName, phase: 'making room', stop: () => stop() };
    known.change = change;
    const ready = () => void (known.change = undefined);
    let stop = clock.after(indexMs, () => {
      change.phase = 'backfilling';
      stop = clock.after(count * indexItemMs, ready);
    });
  }

  async function remove(name: string, { IndexName }: JsonObject): Promise<void> {
    const table = await tableOf(engine, name);
    const was = indexesIn(table).find((one) => one['IndexName'] === IndexName);
    if (!was) throw new AwsError('ResourceNotFoundException', 400, 'Requested resource not found');
    const known = knownOf(name, table);
    known.change?.stop();
    const left = indexesIn(table).filter((one) => one !== was);
    await rebuild(engine, { ...table, GlobalSecondaryIndexes: left });
    const stop = clock.after(indexMs, () => void (known.change = undefined));
    known.change = { index: String(IndexName), phase: 'deleting', was, stop };
  }

  function knownOf(name: string, table: JsonObject): Known {
    const known = tables.get(name) ?? {
      added: new Set(),
      identity: picked(table, ['TableId', 'CreationDateTime']),
    };
    tables.set(name, known);
    return known;
  }

  return {
    async update(input) {
      const name = String(input['TableName']);
      const [wanted, ...others] = changesIn(input);
      if (others.length > 0) throw limitExceeded();
      if (isJsonObject(wanted?.['Create'])) await create(name, input, wanted['Create']);
      if (isJsonObject(wanted?.['Delete'])) await remove(name, wanted['Delete']);
      const TableDescription = await tableOf(engine, name);
      return { status: 200, body: JSON.stringify({ TableDescription }) };
    },
    refuse(operation, input) {
      const name = String(input['TableName']);
      const { change } = tables.get(name) ?? {};
      if (change) refuseDuring(change, operation, input);
    },
    described(table) {
      const known = tables.get(String(table['TableName']));
      return known ? { ...table, ...known.identity, ...withIndexes(table, known) } : table;
    },
    forget(table) {
      tables.get(table)?.change?.stop();
      tables.delete(table);
    },
  };
}

function refuseDuring(change: Change, operation: string, input: JsonObject): void {
  const { index, phase } = change;
  if (operation === 'DeleteTable' || (operation === 'UpdateTable' && phase !== 'backfilling')) {
    const message = `Attempt to change a resource which is still in use: Table is being updated: ${String(input['TableName'])}`;
    throw new AwsError('ResourceInUseException', 400, message);
  }
  if (operation === 'UpdateTable') {
    // One that is being filled can be deleted.
    const others = changesIn(input).filter(
      ({ Delete }) => !isJsonObject(Delete) || Delete['IndexName'] !== index,
    );
    if (others.length > 0) throw limitExceeded();
  }
  if (input['IndexName'] === index && phase !== 'deleting') {
    const message = `Cannot read from backfilling global secondary index: ${index}`;
    throw new AwsError('ValidationException', 400, message);
  }
}

/** Status of the table and of its indexes. One that goes is listed until it is gone. */
function withIndexes(table: JsonObject, { change, added }: Known): JsonObject {
  const indexes = indexesIn(table).map((one) => {
    const isChanging = one['IndexName'] === change?.index;
    if (isChanging) return { ...one, IndexStatus: 'CREATING', Backfilling: change?.phase === 'backfilling' };
    return added.has(String(one['IndexName'])) ? { ...one, Backfilling: false } : one;
  });
  const GlobalSecondaryIndexes = change?.was
    ? [...indexes, { ...change.was, IndexStatus: 'DELETING' }]
    : indexes;
  return {
    ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
    ...(change && change.phase !== 'backfilling' && { TableStatus: 'UPDATING' }),
  };
}

/** The changes of UpdateTable that make or delete an index. */
export function changesIn({ GlobalSecondaryIndexUpdates: updates }: JsonObject): readonly JsonObject[] {
  return [updates ?? []]
    .flat()
    .filter(isJsonObject)
    .filter((one) => one['Create'] ?? one['Delete']);
}

function indexesIn({ GlobalSecondaryIndexes: indexes }: JsonObject): readonly JsonObject[] {
  return [indexes ?? []].flat().filter(isJsonObject);
}

/** Throws AwsError ResourceNotFoundException. */
async function tableOf(engine: Engine, TableName: string): Promise<JsonObject> {
  const { Table } = await asked(engine, 'DescribeTable', { TableName });
  return isJsonObject(Table) ? Table : {};
}

function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 400, ONE_AT_A_TIME);
}
