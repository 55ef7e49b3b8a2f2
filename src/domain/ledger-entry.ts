import * as z from 'zod';
import { DELIVERY_MODES } from './delivery-mode.ts';
import { PermanentError } from './errors.ts';
import { contactIdSchema, faultsOf, RECORDING_KINDS, voicemailSchema } from './voicemail.ts';

/**
 * The life of a voicemail, as the ledger keeps it:
 *
 *     received → recorded → transcribing → delivering → delivered
 *
 * There are two other ends. `blank`: nothing was said, and nobody is told.
 * `parked`: a person must look. A voicemail that is not at an end always has a due
 * time; past it, `sweep` pushes it on. The last three of these are ends.
 */
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

/** Those that are not an end. */
export const OPEN_STATES = ['received', 'recorded', 'transcribing', 'delivering'] as const;

/** Whether this version knows the state. */
export function isKnownState(state: string): state is LedgerState {
  return LEDGER_STATES.some((one) => one === state);
}

/**
 * The version of the schema below. Members and names may be added without raising it: other versions leave
 * members that they do not know alone, and know a name that is new for one. Raise it when a member changes its
 * shape, so that versions before do not take such an entry for a broken one.
 */
export const LEDGER_SCHEMA_VERSION = 1;

const GIVEN_UP = ['NO_RECIPIENT', 'REFUSED'] as const;

const milliseconds = z.number().optional();

/** When the voicemail came into each state, the last time. */
const stateTimes = {
  receivedAtMs: milliseconds,
  recordedAtMs: milliseconds,
  transcribingAtMs: milliseconds,
  deliveringAtMs: milliseconds,
  deliveredAtMs: milliseconds,
  blankAtMs: milliseconds,
  parkedAtMs: milliseconds,
} satisfies Record<`${LedgerState}AtMs`, typeof milliseconds>;

/**
 * An item of the ledger's table. What it names (`state`, `deliveredAs`, `givenUp`) is any text here, because a later
 * version may have written it. All times are milliseconds since the epoch, unless they say otherwise.
 */
const itemSchema = z.object({
  contactId: contactIdSchema,
  /** Of the version that made the entry. Absent in entries from before there were versions. */
  schemaVersion: z.number().optional(),
  state: z.string(),
  ...stateTimes,
  /** `1` while it is not at an end, so that only such entries are in the index. */
  open: z.string().optional(),
  /** When `sweep` looks at it. Absent at an end. */
  dueAtMs: milliseconds,
  /** How often `sweep` has pushed it since it came into its state. */
  attempts: z.number().default(0),
  /** Until when, and for which call, a delivery has the right to deliver. */
  leaseUntilMs: milliseconds,
  leaseId: z.string().optional(),
  voicemail: voicemailSchema,
  recordingKey: z.string().optional(),
  durationMs: milliseconds,
  isComplete: z.boolean().optional(),
  /** The mode used, once something was delivered: the voicemail, or the request to call back. */
  deliveredAs: z.string().optional(),
  /** Id of the task contact, or of the mail. */
  deliveredId: z.string().optional(),
  /** For whom it was delivered, and what that person was told: for the agent's guide. */
  recipientName: z.string().optional(),
  /** IANA zone in which that person reads times. */
  timeZone: z.string().optional(),
  notes: z.array(z.string()).readonly().optional(),
  failureCode: z.string().optional(),
  /** Set while it is not certain whether a mail was sent, and once none will be. */
  mailing: mailingSchema(z.string()).optional(),
  /** Set once job and flag are cleaned up after delivery. */
  cleanedUpAtMs: milliseconds,
  /** Set when the link to the recording must not work any more. */
  linkRevokedAtMs: milliseconds,
  /** When DynamoDB deletes the item, seconds since the epoch. */
  expiresAt: z.number().optional(),
});

/** A mail that was handed to SES, and no answer has been noted; or that was given up. */
function mailingSchema<Reason extends z.ZodType<string>>(reason: Reason) {
  return z
    .object({
      atMs: z.number(),
      /** How many mails this may be by now. */
      tries: z.number(),
      /** SES said later that it did send one. */
      messageId: z.string().optional(),
      /** Why no mail is sent any more: a task takes its place, and nobody may know that it was made. */
      givenUp: reason.optional(),
    })
    .readonly();
}

/** What the steps work with: the item's members that they read, with names that this version knows. */
const entrySchema = itemSchema
  .pick({
    contactId: true,
    dueAtMs: true,
    attempts: true,
    voicemail: true,
    recipientName: true,
    timeZone: true,
    notes: true,
    cleanedUpAtMs: true,
    linkRevokedAtMs: true,
  })
  .extend({
    state: z.enum(LEDGER_STATES),
    deliveredAs: z.enum(DELIVERY_MODES).optional(),
    mailing: mailingSchema(z.enum(GIVEN_UP)).optional(),
  });

/** Everything that may be written to an entry. Each version writes only names that it knows. */
export type LedgerItem = Readonly<
  z.infer<typeof itemSchema> & Pick<LedgerEntry, 'state' | 'deliveredAs' | 'mailing'>
>;
export type LedgerEntry = Readonly<z.infer<typeof entrySchema>>;
export type Mailing = NonNullable<LedgerEntry['mailing']>;

/** Where an entry names one of several things, and which of them this version knows. */
const NAMES: readonly (readonly [path: readonly string[], known: readonly string[]])[] = [
  [['state'], LEDGER_STATES],
  [['deliveredAs'], DELIVERY_MODES],
  [['mailing', 'givenUp'], GIVEN_UP],
  [['voicemail', 'recording', 'kind'], RECORDING_KINDS],
];

/**
 * Whether a later version wrote something into an entry that this one cannot work with, and this one was put in its
 * place again: a name that this version does not know, or, by its `schemaVersion`, a member of another shape. Such
 * an entry must be left as it is, but for its due time.
 */
export function isOfLaterVersion(item: unknown): boolean {
  const namesUnknown = NAMES.some(([path, known]) => {
    const name = valueAt(item, path);
    return typeof name === 'string' && !known.includes(name);
  });
  if (namesUnknown) return true;
  const version = valueAt(item, ['schemaVersion']);
  const isLater = typeof version === 'number' && version > LEDGER_SCHEMA_VERSION;
  return isLater && !entrySchema.safeParse(item).success;
}

const members = z.record(z.string(), z.unknown());

function valueAt(item: unknown, path: readonly string[]): unknown {
  return path.reduce((at, name) => members.safeParse(at).data?.[name], item);
}

/**
 * Reads an entry of this version or an earlier one, and of a later one if it says nothing that is new to this one.
 * Members that this version does not know are left out.
 *
 * Throws PermanentError LATER_VERSION if this version cannot work with it, see `isOfLaterVersion`, and
 * MALFORMED_EVENT if it is broken. Both name the members that cannot be read, never their values.
 */
export function parseLedgerEntry(item: unknown): LedgerEntry {
  const parsed = entrySchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw isOfLaterVersion(item)
    ? new PermanentError('LATER_VERSION', `a ledger entry of a later version: ${faultsOf(parsed.error)}`)
    : new PermanentError('MALFORMED_EVENT', `not a ledger entry: ${faultsOf(parsed.error)}`);
}

const readable = /* @__PURE__ */ itemSchema.partial();

export type ReadableMembers = Readonly<z.infer<typeof readable>>;

/** As much of an item as this version can read, whoever wrote it: a member that it cannot read is left out. */
export function readableMembers(item: unknown): ReadableMembers {
  const parsed = readable.safeParse(item);
  if (parsed.success) return parsed.data;
  const unreadable = new Set(parsed.error.issues.map(({ path: [member] }) => member));
  const rest = Object.entries(members.safeParse(item).data ?? {}).filter(([name]) => !unreadable.has(name));
  return readable.parse(Object.fromEntries(rest));
}
