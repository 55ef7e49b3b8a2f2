import * as z from 'zod/mini';
import { DELIVERY_MODES } from './delivery-mode.ts';
import { PermanentError } from './errors.ts';
import { followUpEventSchema } from './follow-up.ts';
import { IN_ENGLISH } from './in-english.ts';
import { contactIdSchema, faultsOf, RECORDING_KINDS, voicemailSchema } from './voicemail.ts';

/**
 * The life of a voicemail, as the ledger keeps it:
 *
 *     received → recorded → transcribing → delivering → delivered
 *
 * There are two other ends. `blank`: nothing was said, and nobody is notified. `parked`: a person must look.
 * A voicemail that is not at an end always has a due time; after it, `sweep` pushes it on. The last three of
 * these are ends.
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

/** The states that are not an end. */
export const OPEN_STATES = ['received', 'recorded', 'transcribing', 'delivering'] as const;

/** Whether this version knows the state. */
export function isKnownState(state: string): state is LedgerState {
  return LEDGER_STATES.some((one) => one === state);
}

/**
 * The version of the schema below. Members and names may be added without raising it: other versions leave
 * unknown members alone, and recognize a new name as new. Raise it when a member changes its shape, so that
 * earlier versions do not take such an entry for a broken one.
 */
export const LEDGER_SCHEMA_VERSION = 1;

const GIVEN_UP = ['NO_RECIPIENT', 'REFUSED'] as const;

const milliseconds = z.optional(z.number());

/** When the voicemail last came into each state. */
const stateTimes = {
  receivedAtMs: milliseconds,
  recordedAtMs: milliseconds,
  transcribingAtMs: milliseconds,
  deliveringAtMs: milliseconds,
  deliveredAtMs: milliseconds,
  blankAtMs: milliseconds,
  parkedAtMs: milliseconds,
} satisfies Record<`${LedgerState}AtMs`, typeof milliseconds>;

/** How a task ended. Another version may know more of it. */
const taskEndedSchema = z.readonly(
  z.object({
    taskId: z.string(),
    atMs: z.number(),
    /** Amazon Connect's reason; empty if it is not known. */
    reason: z.string(),
    hasAgent: z.boolean(),
  }),
);

/** Loudness as in `Levels`, without the length. */
const levelsSchema = z.readonly(
  z.object({
    peak: z.number(),
    rms: z.number(),
    soundMs: z.number(),
    longestSoundMs: z.number(),
    windowMs: z.number(),
    /** A byte of 0 to 255 for each window, in base64: at most 200. */
    waveform: z.string(),
  }),
);

/**
 * An item of the ledger's table. Its names (`state`, `deliveredAs`, `givenUp`) can be any text here, because
 * a later version may have written it. All times are milliseconds since the epoch, unless stated otherwise.
 */
const itemSchema = z.object({
  contactId: contactIdSchema,
  /** The schema version that made the entry. Absent in entries from before there were versions. */
  schemaVersion: z.optional(z.number()),
  state: z.string(),
  ...stateTimes,
  /** `1` while it is not at an end, so that only such entries are in the index. */
  open: z.optional(z.string()),
  /** When `sweep` looks at it. Absent at an end. */
  dueAtMs: milliseconds,
  /** How often `sweep` has pushed it since it came into its state. */
  attempts: z.prefault(z.number(), 0),
  /** The lease: until when, and for which invocation, a delivery is allowed to deliver. */
  leaseUntilMs: milliseconds,
  leaseId: z.optional(z.string()),
  voicemail: voicemailSchema,
  recordingKey: z.optional(z.string()),
  durationMs: milliseconds,
  isComplete: z.optional(z.boolean()),
  /** What else the recording's object says, so that no step has to ask for it. Absent in entries of earlier versions. */
  sizeBytes: z.optional(z.number()),
  isBlank: z.optional(z.boolean()),
  hasSound: z.optional(z.boolean()),
  /** Which of Amazon Connect's recordings it was made of: `stream` or `ivr`. */
  recordedFrom: z.optional(z.string()),
  /** How loud it is. Earlier versions kept that in the bucket, as `<contactId>.levels.json`. */
  levels: z.optional(levelsSchema),
  /** The mode used, once something was delivered: the voicemail, or the request to call back. */
  deliveredAs: z.optional(z.string()),
  /** Id of the task contact, or of the mail. */
  deliveredId: z.optional(z.string()),
  /** The recipient and the notes of the delivery, for the agent's guide. */
  recipientName: z.optional(z.string()),
  /** The same recipient: the ARN of the queue, or agent queue, that the delivery went to. */
  recipientArn: z.optional(z.string()),
  /** The customer who has the caller's number, if that was certain. */
  customerName: z.optional(z.string()),
  /** IANA zone in which the recipient reads times. */
  timeZone: z.optional(z.string()),
  notes: z.optional(z.readonly(z.array(z.string()))),
  /** The last task that ended, and how. */
  taskEnd: z.optional(taskEndedSchema),
  /** When the voicemail was delivered again, because its first task ended and nobody had taken it. */
  returnedAtMs: milliseconds,
  /** What happened since the delivery: see `followUpOf`. */
  followUps: z.optional(z.readonly(z.array(followUpEventSchema))),
  /** Raised with each change of `followUps`, so that no change is lost. */
  followUpVersion: z.optional(z.number()),
  /** Where it is in the indexes `by-caller` and `by-inbox`: see `callerKeyOf` and `inboxKeysOf`. */
  caller: z.optional(z.string()),
  callEndedAtMs: milliseconds,
  inbox: z.optional(z.string()),
  inboxPlace: z.optional(z.string()),
  /** Which delivery this is. Absent: the first, or the second of a voicemail that came back. */
  deliveryRound: z.optional(z.number()),
  failureCode: z.optional(z.string()),
  /** Set while it is not certain whether a mail was sent, and after mailing was given up. */
  mailing: z.optional(mailingSchema(z.string())),
  /** Set once job and flag are cleaned up after delivery. */
  cleanedUpAtMs: milliseconds,
  /** Set if the link to the recording must not work any more. */
  linkRevokedAtMs: milliseconds,
  /** When DynamoDB deletes the item, seconds since the epoch. */
  expiresAt: z.optional(z.number()),
  /** In place of `expiresAt`, whatever is written, while a person holds the voicemail: seconds since the epoch. */
  heldUntil: z.optional(z.number()),
  /** The `expiresAt` that the voicemail has again when it is released. */
  keptExpiresAt: z.optional(z.number()),
  /** The last hold, and its end: when, and by whose credentials, as an ARN. */
  heldAtMs: milliseconds,
  heldBy: z.optional(z.string()),
  releasedAtMs: milliseconds,
  releasedBy: z.optional(z.string()),
  /** When the words and the person were erased, and by whose credentials, as an ARN: only the fact is left. */
  erasedAtMs: milliseconds,
  erasedBy: z.optional(z.string()),
  /** Until when a step that read it before it was erased may still write an object of it. */
  lateWritesUntilMs: milliseconds,
});

/** A mail that was passed to SES, without a noted answer; or that was given up. */
function mailingSchema<Reason extends z.ZodMiniType<string>>(reason: Reason) {
  return z.readonly(
    z.object({
      atMs: z.number(),
      /** How many mails may have been sent. */
      tries: z.number(),
      /** SES said later that it did send one. */
      messageId: z.optional(z.string()),
      /** Why no mail is sent any more: a task replaces it, and it is possible that nobody noted that task. */
      givenUp: z.optional(reason),
    }),
  );
}

/** The entry for the steps: the members that they read, with names that this version knows. */
const entrySchema = z.extend(
  z.pick(itemSchema, {
    contactId: true,
    dueAtMs: true,
    attempts: true,
    voicemail: true,
    isComplete: true,
    sizeBytes: true,
    isBlank: true,
    hasSound: true,
    recipientName: true,
    customerName: true,
    timeZone: true,
    notes: true,
    cleanedUpAtMs: true,
    linkRevokedAtMs: true,
    deliveredId: true,
    recipientArn: true,
    followUps: true,
    followUpVersion: true,
    taskEnd: true,
    returnedAtMs: true,
    deliveryRound: true,
    erasedAtMs: true,
  }),
  {
    state: z.enum(LEDGER_STATES),
    deliveredAs: z.optional(z.enum(DELIVERY_MODES)),
    mailing: z.optional(mailingSchema(z.enum(GIVEN_UP))),
  },
);

/** The members that can be written to an entry. Each version writes only names that it knows. */
export type LedgerItem = Readonly<
  z.infer<typeof itemSchema> & Pick<LedgerEntry, 'state' | 'deliveredAs' | 'mailing'>
>;
export type LedgerEntry = Readonly<z.infer<typeof entrySchema>>;
export type Mailing = NonNullable<LedgerEntry['mailing']>;

/**
 * Whether a person holds the voicemail: then nothing may delete it, or parts of it, at the end of the retention or when
 * somebody asks for it.
 */
/** The last second of the year 9999: DynamoDB deletes nothing before its time. Seconds since the epoch. */
export const NEVER_EXPIRES = 253_402_300_799;

export function isHeld({ heldUntil }: Pick<ReadableMembers, 'heldUntil'>): boolean {
  return heldUntil !== undefined;
}

/** The members that hold a name, and the names that this version knows. */
const NAMES: readonly (readonly [path: readonly string[], known: readonly string[]])[] = [
  [['state'], LEDGER_STATES],
  [['deliveredAs'], DELIVERY_MODES],
  [['mailing', 'givenUp'], GIVEN_UP],
  [['voicemail', 'recording', 'kind'], RECORDING_KINDS],
];

/**
 * Whether a later version, before a rollback to this one, wrote something into an entry that this one cannot
 * use: an unknown name, or, by its `schemaVersion`, a member of another shape. Such an entry must not be
 * changed, except for its due time.
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
 * Reads an entry of this version or an earlier one, and of a later one if it contains nothing new. Members
 * that this version does not know are left out.
 *
 * Throws PermanentError LATER_VERSION if this version cannot work with it, see `isOfLaterVersion`, and
 * MALFORMED_EVENT if it is broken. Both name the members that cannot be read, never their values.
 */
export function parseLedgerEntry(item: unknown): LedgerEntry {
  const parsed = entrySchema.safeParse(item, IN_ENGLISH);
  if (parsed.success) return parsed.data;
  throw isOfLaterVersion(item)
    ? new PermanentError('LATER_VERSION', `a ledger entry of a later version: ${faultsOf(parsed.error)}`)
    : new PermanentError('MALFORMED_EVENT', `not a ledger entry: ${faultsOf(parsed.error)}`);
}

const readable = /* @__PURE__ */ z.partial(itemSchema);

export type ReadableMembers = Readonly<z.infer<typeof readable>>;

/**
 * The members of an item that this version can read, whichever version wrote it, and the names of those that it
 * cannot.
 */
export function readableMembers(item: unknown): {
  readonly read: ReadableMembers;
  readonly unreadable: readonly string[];
} {
  const parsed = readable.safeParse(item);
  if (parsed.success) return { read: parsed.data, unreadable: [] };
  const unreadable = new Set(parsed.error.issues.map(({ path: [member] }) => String(member ?? 'value')));
  const rest = Object.entries(members.safeParse(item).data ?? {}).filter(([name]) => !unreadable.has(name));
  return { read: readable.parse(Object.fromEntries(rest)), unreadable: [...unreadable] };
}
