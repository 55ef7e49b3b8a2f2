import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ledger } from '../../src/adapters/ledger.ts';
import { contactIdSchema, type Voicemail, parseVoicemail } from '../../src/domain/voicemail.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';

/** A voicemail as the ledger has it, with all that it says of its life. */
export interface KnownVoicemail {
  readonly contactId: string;
  readonly state: LedgerState;
  /** When `sweep` looks at it; absent at an end. */
  readonly dueAtMs?: number | undefined;
  readonly attempts: number;
  /** Absent if the entry cannot be understood. */
  readonly voicemail?: Voicemail | undefined;
  /** When it came into a state, the last time. */
  readonly times: Readonly<Partial<Record<LedgerState, number>>>;
  readonly failureCode?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly isComplete?: boolean | undefined;
  readonly deliveredAs?: string | undefined;
  readonly deliveredId?: string | undefined;
  readonly recipientName?: string | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly linkRevokedAtMs?: number | undefined;
}

/** In the order in which a voicemail goes through them; the last three are ends. */
export const LEDGER_STATES = [
  'received',
  'recorded',
  'transcribing',
  'delivering',
  'delivered',
  'blank',
  'parked',
] as const;

export type LedgerState = (typeof LEDGER_STATES)[number];

const milliseconds = z.number().optional();
const entrySchema = z.object({
  contactId: contactIdSchema,
  state: z.enum(LEDGER_STATES),
  dueAtMs: milliseconds,
  attempts: z.number().catch(0),
  voicemail: z.unknown().transform(parseVoicemail).optional().catch(undefined),
  receivedAtMs: milliseconds,
  recordedAtMs: milliseconds,
  transcribingAtMs: milliseconds,
  deliveringAtMs: milliseconds,
  deliveredAtMs: milliseconds,
  blankAtMs: milliseconds,
  parkedAtMs: milliseconds,
  failureCode: z.string().optional(),
  durationMs: milliseconds,
  isComplete: z.boolean().optional(),
  deliveredAs: z.string().optional(),
  deliveredId: z.string().optional(),
  recipientName: z.string().optional(),
  notes: z.array(z.string()).optional(),
  linkRevokedAtMs: milliseconds,
});

export interface LedgerEntries {
  readonly find: (contactId: string) => Promise<KnownVoicemail | undefined>;
  /** Those in one of the states, of calls that ended at `sinceMs` or later. Reads the whole table. */
  readonly list: (states: readonly LedgerState[], sinceMs: number) => Promise<readonly KnownVoicemail[]>;
  /** Opens a parked voicemail of which nothing was delivered. False if it is not parked any more. */
  readonly reopen: (contactId: string, to: LedgerState, dueAtMs: number) => Promise<boolean>;
}

/** The ledger, for operators. Everything throws RefusedError, in words. */
export function ledgerEntries(
  tableName: string,
  { retentionMs, now, ...place }: AskedPlace & { readonly retentionMs: number; readonly now: () => number },
): LedgerEntries {
  const dynamodb = new DynamoDBClient(place);
  const client = DynamoDBDocumentClient.from(dynamodb);
  const entries = ledger(dynamodb, { tableName, retentionMs, now });
  return {
    find: async (contactId) => {
      const command = new GetCommand({ TableName: tableName, Key: { contactId }, ConsistentRead: true });
      const { Item } = await askAws('dynamodb:GetItem', place, () => client.send(command));
      return Item && known(Item);
    },
    list: async (states, sinceMs) => {
      const pages = paginateScan(
        { client },
        {
          TableName: tableName,
          FilterExpression: `#state IN (${states.map((state) => `:${state}`).join(', ')}) AND (attribute_not_exists(voicemail.endedAtMs) OR voicemail.endedAtMs >= :since)`,
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ...Object.fromEntries(states.map((state) => [`:${state}`, state])),
            ':since': sinceMs,
          },
        },
      );
      return askAws('dynamodb:Scan', place, async () => {
        const found: KnownVoicemail[] = [];
        for await (const { Items = [] } of pages) found.push(...Items.map(known));
        return found.toSorted((a, b) => endOf(b) - endOf(a));
      });
    },
    reopen: (contactId, to, dueAtMs) =>
      askAws('dynamodb:UpdateItem', place, async () => {
        try {
          return await entries.moveEntry({ contactId, from: ['parked'], to, dueAtMs });
        } catch (error) {
          throw error instanceof Error && error.cause ? error.cause : error;
        }
      }),
  };
}

function known(item: unknown): KnownVoicemail {
  const entry = entrySchema.parse(item);
  const times = LEDGER_STATES.flatMap((state) => {
    const atMs = entry[`${state}AtMs`];
    return atMs === undefined ? [] : [[state, atMs] as const];
  });
  return { ...entry, times: Object.fromEntries(times) };
}

function endOf({ voicemail }: KnownVoicemail): number {
  return voicemail?.endedAtMs ?? 0;
}
