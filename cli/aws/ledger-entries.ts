import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ledger } from '../../src/adapters/ledger.ts';
import { LEDGER_STATES, type LedgerState } from '../../src/domain/ledger.ts';
import { contactIdSchema, type Voicemail, parseVoicemail } from '../../src/domain/voicemail.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';

/** A voicemail as the ledger has it, with all that it says of its life. */
export interface KnownVoicemail {
  readonly contactId: string;
  /** A name that this version may not know: see `isKnownState`. */
  readonly state: string;
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

/** Which voicemails to list. */
export interface WantedStates {
  /** Whatever its state. */
  readonly isAll: boolean;
  /** Every one that is not at an end, be its state known to this version or not. */
  readonly isOpen: boolean;
  /** In one of these states, by their raw names. */
  readonly names: readonly string[];
}

/** Whether this version knows the state. */
export function isKnownState(state: string): state is LedgerState {
  return LEDGER_STATES.some((one) => one === state);
}

const LONGEST_STATE = 40;

/** The raw name of a state, fit for a terminal whatever was written there. */
function stateName(state: unknown): string {
  const name = typeof state === 'string' ? state.replaceAll(/[^\w.-]+/g, '?').slice(0, LONGEST_STATE) : '';
  return name || '?';
}

/** What a later version may write otherwise is left out, and does not hide the rest. */
const milliseconds = z.number().optional().catch(undefined);
const textIfAny = z.string().optional().catch(undefined);
const entrySchema = z.object({
  contactId: contactIdSchema,
  state: z.unknown().transform(stateName),
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
  failureCode: textIfAny,
  durationMs: milliseconds,
  isComplete: z.boolean().optional().catch(undefined),
  deliveredAs: textIfAny,
  deliveredId: textIfAny,
  recipientName: textIfAny,
  notes: z.array(z.string()).optional().catch(undefined),
  linkRevokedAtMs: milliseconds,
});

export interface LedgerEntries {
  readonly find: (contactId: string) => Promise<KnownVoicemail | undefined>;
  /** Those in the states, of calls that ended at `sinceMs` or later. Reads the whole table. */
  readonly list: (wanted: WantedStates, sinceMs: number) => Promise<readonly KnownVoicemail[]>;
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
    list: async (wanted, sinceMs) => {
      const pages = paginateScan({ client }, { TableName: tableName, ...filterFor(wanted, sinceMs) });
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

const SINCE = '(attribute_not_exists(voicemail.endedAtMs) OR voicemail.endedAtMs >= :since)';

function filterFor({ isAll, isOpen, names }: WantedStates, sinceMs: number) {
  const since = { ':since': sinceMs };
  if (isAll) return { FilterExpression: SINCE, ExpressionAttributeValues: since };
  const values = Object.fromEntries(names.map((name, index) => [`:state${index}`, name]));
  const inStates = [
    ...(names.length > 0 ? [`#state IN (${Object.keys(values).join(', ')})`] : []),
    ...(isOpen ? ['attribute_exists(#open)'] : []),
  ];
  return {
    FilterExpression: `(${inStates.join(' OR ')}) AND ${SINCE}`,
    ExpressionAttributeNames: {
      ...(names.length > 0 && { '#state': 'state' }),
      ...(isOpen && { '#open': 'open' }),
    },
    ExpressionAttributeValues: { ...values, ...since },
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
