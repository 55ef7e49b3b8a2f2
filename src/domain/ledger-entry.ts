import * as z from 'zod';
import { PermanentError } from './errors.ts';
import { LEDGER_STATES, type LedgerEntry } from './ledger.ts';
import { faultsOf, parseVoicemail } from './voicemail.ts';

const entrySchema = z.object({
  contactId: z.string(),
  state: z.enum(LEDGER_STATES),
  dueAtMs: z.number().optional(),
  attempts: z.number().default(0),
  voicemail: z.unknown().transform(parseVoicemail),
  deliveredAs: z.enum(['task', 'guided_task', 'email']).optional(),
  recipientName: z.string().optional(),
  timeZone: z.string().optional(),
  notes: z.array(z.string()).optional(),
  mailing: z
    .object({
      atMs: z.number(),
      tries: z.number(),
      messageId: z.string().optional(),
      givenUp: z.enum(['NO_RECIPIENT', 'REFUSED']).optional(),
    })
    .optional(),
  cleanedUpAtMs: z.number().optional(),
  linkRevokedAtMs: z.number().optional(),
});

/** Where an entry names one of several things, and which of them this version knows. */
const NAMES: readonly (readonly [path: readonly string[], known: readonly string[]])[] = [
  [['state'], LEDGER_STATES],
  [['deliveredAs'], ['task', 'guided_task', 'email']],
  [
    ['mailing', 'givenUp'],
    ['NO_RECIPIENT', 'REFUSED'],
  ],
  [
    ['voicemail', 'recording', 'kind'],
    ['kvs', 's3'],
  ],
];

/**
 * Whether an entry names something that this version does not know: a later version wrote it, and this one
 * was put in its place again. Such an entry must be left as it is, but for its due time.
 */
export function isOfLaterVersion(item: unknown): boolean {
  return NAMES.some(([path, known]) => {
    const name = textAt(item, path);
    return name !== undefined && !known.includes(name);
  });
}

const members = z.record(z.string(), z.unknown());

function textAt(item: unknown, path: readonly string[]): string | undefined {
  const found = path.reduce((at, name) => members.safeParse(at).data?.[name], item);
  return typeof found === 'string' ? found : undefined;
}

/** Throws PermanentError MALFORMED_EVENT naming the members that are wrong, never their values. */
export function parseLedgerEntry(item: unknown): LedgerEntry {
  const parsed = entrySchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a ledger entry: ${faultsOf(parsed.error)}`);
}
