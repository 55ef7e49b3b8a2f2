import * as z from 'zod/mini';
import { AUDIO_SOURCES } from './domain/audio-source.ts';
import { DELIVERY_MODES } from './domain/delivery-mode.ts';
import { IN_ENGLISH } from './domain/in-english.ts';
import { LOG_LEVELS } from './domain/log-level.ts';

const text = z.string().check(z.minLength(1));
const days = z.coerce.number().check(z.positive());
const daysOrNever = z.union([
  z.pipe(
    z.literal('never'),
    z.transform(() => Infinity),
  ),
  days,
]);

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/**
 * Every setting a function can have, as an environment variable. Each `main/`
 * file picks its own; the stack sets exactly those.
 */
export const allSettings = z.object({
  /** The version of Voicemail Express, `0.2.0`: for the log. */
  VMX_VERSION: text,
  /** The least that is logged. */
  VMX_LOG_LEVEL: z.prefault(z.enum(LOG_LEVELS), 'info'),
  /** Which metrics are written: each costs money by the month. */
  VMX_METRICS: z.enum(['essential', 'full']),
  LEDGER_TABLE: text,
  /** How long ledger entries are kept after their last change: as long as anything of a voicemail. */
  RETENTION_DAYS: daysOrNever,
  /** How long recordings, and transcripts, are kept; absent: as long as ledger entries. */
  RECORDING_DAYS: z.optional(days),
  TRANSCRIPT_DAYS: z.optional(days),
  /** The queue that the function reads, and its dead-letter queue. */
  QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** The queues of the three steps, for those that feed them. */
  RECORDING_QUEUE_URL: z.url(),
  TRANSCRIPTION_QUEUE_URL: z.url(),
  DELIVERY_QUEUE_URL: z.url(),
  RECORDINGS_BUCKET: text,
  TRANSCRIPTS_BUCKET: text,
  /** What flows of the stack record with. */
  AUDIO_SOURCE: z.prefault(z.enum(AUDIO_SOURCES), 'stream'),
  /** The KMS key that transcripts are encrypted with; absent: Amazon S3's own. */
  TRANSCRIPTS_KEY_ARN: z.optional(text),
  /** Where Amazon Connect puts its IVR recordings; absent if the stack does not know. */
  IVR_RECORDINGS_BUCKET: z.optional(text),
  IVR_RECORDINGS_PREFIX: z.optional(text),
  FAILURES_BUCKET: text,
  INSTANCE_ARN: text,
  /** Language code, or `auto`. */
  DEFAULT_LANGUAGE: text,
  /** The languages in which callers are addressed, separated by commas; absent if the settings name none. */
  SPOKEN_LANGUAGES: z.optional(text),
  /** The language to transcribe in when the spoken one cannot be identified. */
  FIRST_LANGUAGE: text,
  /** The contact flows of the two kinds of task, and which of them is for a voicemail that does not say. */
  TASK_FLOW_ID: text,
  GUIDED_TASK_FLOW_ID: text,
  DEFAULT_MODE: z.enum(DELIVERY_MODES),
  FALLBACK_QUEUE_ARN: text,
  /** Whether tasks have the recording attached; absent if not. */
  ATTACH_RECORDING: z.optional(z.literal('true')),
  /** The domain of Customer Profiles; absent: nobody is asked for callers' names. */
  PROFILES_DOMAIN: z.optional(text),
  /** Who gets a notification in the agent workspace; absent: nobody. */
  NOTIFY_AGENTS: z.optional(z.enum(['agent', 'queue'])),
  /** SES's configuration set for our mails; absent, with all that follow, if email is not set up. */
  EMAIL_CONFIGURATION_SET: z.optional(text),
  EMAIL_FROM: z.optional(text),
  /** Addresses, separated by commas. */
  EMAIL_FALLBACK_TO: z.optional(text),
  EMAIL_REPLY_TO: z.optional(text),
  /** Domains of recipients, separated by commas; absent: all. */
  EMAIL_ALLOWED_DOMAINS: z.optional(
    z.pipe(
      z.string(),
      z.transform((list) => list.split(',')),
    ),
  ),
  /** Names of SES templates. */
  EMAIL_QUEUE_TEMPLATE: z.optional(text),
  EMAIL_AGENT_TEMPLATE: z.optional(text),
  EMAIL_RECORDING: z.prefault(z.enum(['link', 'attach', 'both']), 'link'),
  EMAIL_ATTACH_LIMIT_MB: z.prefault(z.coerce.number().check(z.positive()), 10),
  /** The queue that gets the voicemails of the canary. */
  CANARY_QUEUE_ARN: text,
  /** How the audio of a recording is placed. */
  AUDIO_PLACEMENT: z.enum(['by-time', 'joined']),
  /** IANA name. */
  TIME_ZONE: text,
  TRANSCRIPT_DEADLINE_MINUTES: z.coerce.number().check(z.positive()),
  /** A shorter recording is blank. */
  MINIMUM_SECONDS: z.coerce.number().check(z.nonnegative()),
  /** Whether blank voicemails are delivered. */
  DELIVER_BLANK: z.pipe(
    z.enum(['true', 'false']),
    z.transform((value) => value === 'true'),
  ),
  /** What links to recordings begin with, ending in a slash; absent if there are none. */
  LINK_BASE_URL: z.optional(z.url()),
  LINK_SECRET_ARN: text,
  LINK_DAYS: days,
  /** After how many days a task ends. */
  TASK_DAYS: days,
});

/** Fails the cold start with the names of all settings that are missing or wrong. */
export function settings<Parsed>(
  schema: z.ZodMiniType<Parsed>,
  environment: Readonly<Record<string, string | undefined>>,
): Parsed {
  const parsed = schema.safeParse(environment, IN_ENGLISH);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`settings missing or wrong: ${faults.join('; ')}`);
}
