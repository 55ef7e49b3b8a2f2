import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import type { Turns } from './turns.ts';

/** What the operations work on. */
export interface DynamodbParts {
  readonly clock: Clock;
  readonly account: Account;
  /** The JSON text of a 200. Throws AwsError as DynamoDB words it. */
  readonly answerOf: (operation: string, input: JsonObject) => Promise<string>;
  readonly turns: Turns;
  /** Of a table that a template made, by its name. */
  readonly settingsOf: (name: string) => TableSettings | undefined;
}

export interface TableSettings {
  readonly tags: Tags;
  /** Those of AWS::DynamoDB::Table. */
  readonly properties: JsonObject;
  readonly madeMs: number;
}

export type Tags = Readonly<Record<string, string>>;
