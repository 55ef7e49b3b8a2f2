import { DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Look } from '../look.ts';
import { outputOf, stack } from './stack.ts';

/** A page is 1 MB: so much is some thousand voicemails, costs less than a cent, and is read in seconds. */
const MOST_PAGES = 10;

export interface ParkedVoicemails {
  /** By the ledger's failureCode: how many, and how many of these were delivered without a recording. */
  readonly byReason: ReadonlyMap<string, { readonly count: number; readonly told: number }>;
  /** Entries of the ledger that were looked at. */
  readonly lookedAt: number;
  /** Whether these are all. */
  readonly isWhole: boolean;
}

/** Voicemails that were given up since then. Undefined: there is no stack, or no ledger. */
export async function parkedVoicemails(sinceMs: number, look: Look): Promise<ParkedVoicemails | undefined> {
  const deployed = await stack(look);
  const tableName = deployed && outputOf(deployed, 'LedgerTable');
  return tableName === undefined ? undefined : parkedIn(tableName, sinceMs, look);
}

const SINCE = '(attribute_not_exists(parkedAtMs) OR parkedAtMs >= :since)';
const NO_TEST = '(attribute_not_exists(voicemail.isTest) OR voicemail.isTest <> :true)';

/** The ledger's index has only voicemails that are under way, so the table itself is read, from its beginning. */
export async function parkedIn(
  TableName: string,
  sinceMs: number,
  look: Pick<Look, 'client' | 'ask' | 'progress'>,
): Promise<ParkedVoicemails> {
  const dynamodb = look.client(DynamoDBClient);
  const byReason = new Map<string, { count: number; told: number }>();
  let lookedAt = 0;
  let from: ScanCommandOutput['LastEvaluatedKey'];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const command = new ScanCommand({
      TableName,
      ProjectionExpression: 'failureCode, deliveredAs',
      FilterExpression: `#state = :parked AND ${SINCE} AND ${NO_TEST}`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':parked': { S: 'parked' },
        ':since': { N: String(sinceMs) },
        ':true': { BOOL: true },
      },
      ...(from && { ExclusiveStartKey: from }),
    });
    const {
      Items = [],
      ScannedCount = 0,
      LastEvaluatedKey,
    } = await look.ask('dynamodb:Scan', () => dynamodb.send(command));
    for (const { failureCode, deliveredAs } of Items) {
      const reason = failureCode?.S ?? 'unknown';
      const { count, told } = byReason.get(reason) ?? { count: 0, told: 0 };
      byReason.set(reason, { count: count + 1, told: told + (deliveredAs ? 1 : 0) });
    }
    lookedAt += ScannedCount;
    from = LastEvaluatedKey;
    if (from === undefined) break;
    look.progress(`ledger: ${lookedAt} voicemails`);
  }
  return { byReason, lookedAt, isWhole: from === undefined };
}
