import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import { type JsonObject, jsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import { TemplateError } from '../../template/template-error.ts';
import { dynamodbOperations } from './operations.ts';
import type { Tags } from './parts.ts';
import { indexChanges, picked, tableInput } from './table-form.ts';
import type { IndexPace } from './index-changes.ts';
import { createTableStore } from './table-store.ts';
import { createTurns } from './turns.ts';

export interface SimulatedDynamodb {
  readonly service: Service;
  /**
   * `properties` are those of AWS::DynamoDB::Table; properties about running a table in the cloud
   * (backups, alarms, time to live) are only described. Throws the AwsError of CreateTable.
   */
  readonly createTable: (table: { name: string; properties: JsonObject; tags?: Tags }) => Promise<void>;
  /**
   * Makes the global index that is new, or deletes the one that is gone, and sets the tags. It does not wait until the
   * index is ACTIVE. Throws CloudFormation's error for more than one, and the AwsError of UpdateTable.
   */
  readonly changeTable: (
    name: string,
    table: { properties: JsonObject; before: JsonObject; tags: Tags },
  ) => Promise<void>;
  readonly hasTable: (name: string) => Promise<boolean>;
  /** With its items. Throws the AwsError of DeleteTable. */
  readonly deleteTable: (name: string) => Promise<void>;
}

/**
 * Amazon DynamoDB: dynalite, in memory, behind the gateway.
 *
 * Transactions are done here, over dynalite, and so is restoring. Not done: PartiQL, streams, time to live (items
 * stay), tags but those of the template, on-demand backups, throttling, the condition keys `dynamodb:LeadingKeys` and
 * `Attributes`.
 */
export function createDynamodb({
  clock,
  account = LAPTOP_ACCOUNT,
  keepTableWrites = false,
  keys,
  indexMs = 20,
  indexItemMs = 1,
}: Partial<IndexPace> & {
  clock: Clock;
  account?: Account;
  /** Absent: nothing is asked of a key. */
  keys?: KeyRing;
  /** Whether tables can be restored to a point in time. */
  keepTableWrites?: boolean;
}): SimulatedDynamodb {
  const tables = createTableStore({ clock, account, keepTableWrites, indexMs, indexItemMs });
  const turns = createTurns();
  const { answerOf, statusOf, changeSettings } = tables;

  return {
    service: jsonService({
      name: 'dynamodb',
      targetPrefix: 'DynamoDB_20120810',
      version: '1.0',
      operations: dynamodbOperations({
        ...tables,
        clock,
        account,
        turns,
        ...(keys && { keys }),
      }),
    }),
    async createTable({ name, properties, tags = {} }) {
      await answerOf('CreateTable', tableInput(name, properties));
      while ((await statusOf(name)) !== 'ACTIVE') await new Promise(setImmediate);
      changeSettings(name, { tags, properties, madeMs: clock.now() });
    },
    async changeTable(name, { properties, before, tags }) {
      const [change, ...others] = indexChanges(before, properties);
      // Source: public reports of the error. CloudFormation's reference has the rule, at `GlobalSecondaryIndexes`.
      if (others.length > 0)
        throw new TemplateError('Cannot perform more than one GSI creation or deletion in a single update');
      if (change) {
        const definitions = picked(properties, ['AttributeDefinitions']);
        const input = { TableName: name, ...definitions, GlobalSecondaryIndexUpdates: [change] };
        await turns.alone(() => answerOf('UpdateTable', input));
      }
      changeSettings(name, { tags, properties });
    },
    hasTable: async (name) => (await statusOf(name)) !== undefined,
    async deleteTable(name) {
      await answerOf('DeleteTable', { TableName: name });
      while ((await statusOf(name)) !== undefined) await new Promise(setImmediate);
    },
  };
}
