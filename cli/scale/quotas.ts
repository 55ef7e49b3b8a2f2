import { QUEUE_WORKERS } from '../../infra/queue-workers.ts';
import { ASSUMED } from '../cost/model/assumptions.ts';
import { ASSUMED_AT_SCALE, type Load } from './load.ts';

/** A: a page of AWS, read in 2026. B: one of 2025 or earlier, or others who agree. C: not verified. */
type Certainty = 'A' | 'B' | 'C';

/** What an account, an instance or a thing in it may do until more is asked for. */
export interface Quota {
  readonly service: string;
  /** In tables. */
  readonly short: string;
  /** As Service Quotas names it, where it lists it. */
  readonly name: string;
  readonly usual: number;
  readonly unit: 'a second' | 'at once' | 'a day';
  /** Of what: voicemails share it with everything else there. */
  readonly of: 'account' | 'instance' | 'stream' | 'table' | 'prefix';
  /** `support`: a case with AWS Support. `shards`: more of them. `fixed`: nobody can raise it. */
  readonly raisedBy: 'Service Quotas' | 'support' | 'shards' | 'fixed';
  readonly certainty: Certainty;
  readonly source: string;
  /** What of it the busiest hour takes. */
  readonly needed: (load: Load) => number;
  /** What happens when it is used up. */
  readonly ifMet: string;
}

const CONNECT = 'Amazon Connect administrator guide, "Amazon Connect service quotas", October 2025';
const TRANSCRIBE = 'AWS General Reference, "Amazon Transcribe endpoints and quotas"';
const KVS = 'Kinesis Video Streams developer guide, "service quotas", 2026';
const LATER = 'Delivered later; none is lost.';

const callsOf = (name: string) => (load: Load) => load.calls[name] ?? 0;
/** Of the functions that work on queues, for one voicemail. */
const SECONDS_OF_WORKERS = Object.values(QUEUE_WORKERS).reduce(
  (sum, { secondsEach }) => sum + secondsEach,
  0,
);
const sentMails = callsOf('ses SendEmail');

export const QUOTAS: readonly Quota[] = [
  {
    service: 'Amazon Connect',
    short: 'calls at once',
    name: 'Concurrent calls per instance',
    usual: 10,
    unit: 'at once',
    of: 'instance',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: CONNECT,
    needed: ({ callers }) => callers,
    ifMet: 'Callers hear a busy tone and leave no message.',
  },
  {
    service: 'Amazon Connect',
    short: 'open tasks',
    name: 'Concurrent active tasks per instance',
    usual: 2500,
    unit: 'at once',
    of: 'instance',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: CONNECT,
    needed: ({ mode, perSecond, taskHours, voicemailsPerDay }) =>
      mode === 'email' ? 0 : Math.min(perSecond * 3600 * taskHours, voicemailsPerDay),
    ifMet: 'Deliveries wait until agents complete tasks; after 22 hours they are dead letters.',
  },
  {
    service: 'Amazon Connect',
    short: 'StartTaskContact',
    name: 'Rate of StartTaskContact API requests',
    usual: 2,
    unit: 'a second',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: CONNECT,
    needed: callsOf('connect StartTaskContact'),
    ifMet: LATER,
  },
  {
    service: 'Amazon Connect',
    short: 'UpdateContactAttributes',
    name: 'Rate of UpdateContactAttributes API requests',
    usual: 10,
    unit: 'a second',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: CONNECT,
    needed: callsOf('connect UpdateContactAttributes'),
    ifMet: 'Delivered in time; flags are reset later.',
  },
  {
    service: 'Amazon Transcribe',
    short: 'transcription jobs at once',
    name: 'Number of concurrent batch transcription jobs',
    usual: 250,
    unit: 'at once',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: TRANSCRIBE,
    needed: (load) => callsOf('transcribe StartTranscriptionJob')(load) * ASSUMED_AT_SCALE.jobSeconds,
    ifMet: 'Transcribed later; without a transcript after transcriptDeadlineMinutes.',
  },
  {
    service: 'Amazon Transcribe',
    short: 'StartTranscriptionJob',
    name: 'Transactions per second, StartTranscriptionJob operation',
    usual: 25,
    unit: 'a second',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: TRANSCRIBE,
    needed: callsOf('transcribe StartTranscriptionJob'),
    ifMet: 'Transcribed later; without a transcript after transcriptDeadlineMinutes.',
  },
  {
    service: 'Amazon Transcribe',
    short: 'DeleteTranscriptionJob',
    name: 'Transactions per second, DeleteTranscriptionJob operation',
    usual: 5,
    unit: 'a second',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'B',
    source: TRANSCRIBE,
    needed: callsOf('transcribe DeleteTranscriptionJob'),
    ifMet: 'Delivered in time; jobs are deleted later, and their messages come again until then.',
  },
  {
    service: 'Amazon SES',
    short: 'mails in 24 hours',
    name: 'Sending quota',
    usual: 200,
    unit: 'a day',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'A',
    source:
      'Amazon SES developer guide, "Service quotas in Amazon SES": of the sandbox; yours is in GetAccount',
    needed: (load) => (sentMails(load) > 0 ? load.voicemailsPerDay : 0),
    ifMet: 'The mail is not sent: a task replaces it, with a note.',
  },
  {
    service: 'Amazon SES',
    short: 'mails a second',
    name: 'Sending rate',
    usual: 1,
    unit: 'a second',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'A',
    source:
      'Amazon SES developer guide, "Service quotas in Amazon SES": of the sandbox; yours is in GetAccount',
    needed: sentMails,
    ifMet: LATER,
  },
  {
    service: 'AWS Lambda',
    short: 'functions at once',
    name: 'Concurrent executions',
    usual: 1000,
    unit: 'at once',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'A',
    source: 'AWS Lambda developer guide, "Lambda quotas": new accounts have less',
    needed: ({ perSecond }) => perSecond * SECONDS_OF_WORKERS,
    ifMet: `${LATER} Guides and links fail.`,
  },
  {
    service: 'Amazon Kinesis Data Streams',
    short: 'bytes of a shard',
    name: 'Bytes a shard takes',
    usual: 1_000_000,
    unit: 'a second',
    of: 'stream',
    raisedBy: 'shards',
    certainty: 'B',
    source: 'Kinesis Data Streams developer guide, "Quotas and limits"',
    needed: ({ perSecond }) => perSecond * ASSUMED.contactRecords * ASSUMED_AT_SCALE.recordBytes,
    ifMet: 'Amazon Connect sends records later. It is not documented for how long it tries.',
  },
  {
    service: 'Amazon Kinesis Video Streams',
    short: 'video streams',
    name: 'Number of video streams',
    usual: 10_000,
    unit: 'at once',
    of: 'account',
    raisedBy: 'Service Quotas',
    certainty: 'A',
    source: KVS,
    needed: ({ callers }) => callers,
    ifMet: 'A call for which there is no stream is not recorded.',
  },
  {
    service: 'Amazon Kinesis Video Streams',
    short: 'GetDataEndpoint',
    name: 'GetDataEndpoint',
    usual: 300,
    unit: 'a second',
    of: 'account',
    raisedBy: 'fixed',
    certainty: 'A',
    source: KVS,
    // One for each of two APIs: few calls come on a stream that this environment has read before.
    needed: ({ perSecond }) => perSecond * 2,
    ifMet: LATER,
  },
  {
    service: 'Amazon DynamoDB',
    short: 'writes to an index',
    name: 'Writes to a key of an index',
    usual: 1000,
    unit: 'a second',
    of: 'table',
    raisedBy: 'fixed',
    certainty: 'B',
    source: 'DynamoDB developer guide, "Best practices for designing partition keys"',
    needed: ({ perSecond }) => perSecond * ASSUMED.indexWrites,
    ifMet: 'Writes to the ledger are throttled and come again: everything is later.',
  },
  {
    service: 'Amazon DynamoDB',
    short: 'writes to the ledger',
    name: 'Writes to a new table',
    usual: 4000,
    unit: 'a second',
    of: 'table',
    raisedBy: 'Service Quotas',
    certainty: 'A',
    source: 'AWS re:Post, "on-demand table throttling": it grows with its use, up to 40,000',
    needed: (load) =>
      (callsOf('dynamodb PutItem')(load) + callsOf('dynamodb UpdateItem')(load)) *
        Math.ceil(ASSUMED.ledgerEntryBytes / 1024) +
      load.perSecond * ASSUMED.indexWrites,
    ifMet: 'Writes to the ledger are throttled and come again: everything is later.',
  },
  {
    service: 'Amazon S3',
    short: 'writes to a bucket',
    name: 'Writes to a prefix',
    usual: 3500,
    unit: 'a second',
    of: 'prefix',
    raisedBy: 'fixed',
    certainty: 'B',
    source: 'Amazon S3 user guide, "Optimizing Amazon S3 performance"',
    // Transcribe writes a probe and the transcript.
    needed: (load) => callsOf('s3 PutObject')(load) + load.perSecond * 2,
    ifMet: LATER,
  },
];

/** A quota, and how much of it the busiest hour takes. */
export interface QuotaUse extends Omit<Quota, 'needed'> {
  readonly needed: number;
  /** 1: all of it. */
  readonly used: number;
  /** How many voicemails a day use all of it up. */
  readonly metAtPerDay: number;
}

/** Those that voicemails use at all, the one that is met first in front. */
export function quotaUses(load: Load): readonly QuotaUse[] {
  return QUOTAS.map((quota): QuotaUse => {
    const needed = quota.needed(load);
    const used = needed / quota.usual;
    return { ...quota, needed, used, metAtPerDay: load.voicemailsPerDay / used };
  })
    .filter(({ needed }) => needed > 0)
    .toSorted((a, b) => b.used - a.used);
}

/** What to ask for: with some headroom, in round numbers. */
export function wishFor({ needed, usual }: Pick<QuotaUse, 'needed' | 'usual'>): number {
  const wanted = needed * ASSUMED_AT_SCALE.headroom;
  if (wanted <= usual) return usual;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.ceil(wanted / step) * step;
}
