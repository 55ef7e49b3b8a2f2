import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../gateway/protocols.ts';

/** What the operations work on. */
export interface DynamodbParts {
  readonly clock: Clock;
  readonly account: Account;
  /** The JSON text of a 200. Throws AwsError as DynamoDB words it. */
  readonly answerOf: (operation: string, input: JsonObject) => Promise<string>;
  /** Of a table, by its name. */
  readonly tagsOf: (name: string) => Tags;
}

export type Tags = Readonly<Record<string, string>>;
