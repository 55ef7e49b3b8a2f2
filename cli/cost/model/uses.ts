import { ASSUMED, USUAL_MS } from './assumptions.ts';
import { callsOf, openingOf, queueMessages, type Step, stepsOf, SWEEP, type Warmth } from './calls.ts';
import { CANARY, canaryUses } from './canary.ts';
import type { FixedResources } from './fixed-resources.ts';
import { reckonedDays } from './kept.ts';
import type { Use } from './line.ts';
import type { PriceName } from './prices.ts';
import type { StackFacts } from './stack-facts.ts';
import { objectUses } from './stored.ts';

const GB = 1e9;
const SECONDS_PER_HOUR = 3600;
const DAYS_PER_MONTH = ASSUMED.hoursPerMonth / 24;

/** How much a month has. */
export interface Volume {
  readonly voicemails: number;
  /** Of each message. */
  readonly seconds: number;
  /** How often each is heard. */
  readonly openings: number;
}

/** What a template’s resources cost every month: what stands there, and what Lambda asks of empty queues. */
export function resourceUses(resources: FixedResources) {
  const { hoursPerMonth, pollers, pollSeconds } = ASSUMED;
  const polls = (resources.polledQueues * pollers * hoursPerMonth * SECONDS_PER_HOUR) / pollSeconds;
  return {
    standing: [
      fixed(`metrics that ${resources.alarms} alarms look at`, 'alarmMetric', resources.alarmMetrics),
      fixed('composite alarms', 'compositeAlarm', resources.compositeAlarms),
      fixed('custom metrics', 'customMetric', resources.customMetrics),
      fixed('dashboards', 'dashboardMonth', resources.dashboards),
      fixed('key of the links', 'secretMonth', resources.secrets),
    ],
    polling: [fixed('Lambda looks into empty queues', 'sqsRequest', polls)],
  };
}

/** What is there every month. */
export function fixedUses(facts: StackFacts): readonly Use[] {
  const { hoursPerMonth, sweepLogBytes } = ASSUMED;
  const { standing, polling } = resourceUses(facts);
  const sweeps = hoursPerMonth * 60;
  const logged = sweeps * sweepLogBytes;
  return [
    ...standing,
    ...polling,
    fixed('the sweep, every minute: requests', 'lambdaRequest', sweeps),
    fixed('the sweep: time', 'lambdaGbSecondArm', sweeps * gbSeconds(SWEEP, facts, 'warm')),
    fixed('the sweep: looks into the ledger', 'dynamodbRead', sweeps),
    fixed('the sweep: logs', 'logsIn', logged / GB),
    fixed('the sweep: logs that are kept', 'logsStorage', keptLogs(facts, logged)),
    ...canaryUses(facts),
  ];
}

function fixed(what: string, price: PriceName, quantity: number): Use {
  return { part: 'fixed', what, price, quantity };
}

/** What comes with voicemails. */
export function variableUses(facts: StackFacts, volume: Volume): readonly Use[] {
  const { voicemails, openings, seconds } = volume;
  const steps = stepsOf(facts);
  const opening = openingOf(facts.mode);
  const calls = callsOf(steps, 'cold');
  const opened = callsOf([opening], 'cold');
  const each = (what: string, price: PriceName, quantity: number): Use => ({
    part: 'variable',
    what,
    price,
    quantity: quantity * voicemails,
  });
  const count = (...names: readonly string[]) =>
    names.reduce((sum, name) => sum + (calls[name] ?? 0) + (opened[name] ?? 0) * openings, 0);
  const invoked = total(steps, ({ invocations }) => invocations) + openings * opening.invocations;
  const time =
    total(steps, (step) => gbSeconds(step, facts, 'cold')) + openings * gbSeconds(opening, facts, 'cold');
  const logged =
    invoked * ASSUMED.logBytesPerInvocation +
    (facts.metrics === 'full' ? ASSUMED.metricLogBytesPerVoicemail : 0);
  const writes = count('dynamodb PutItem', 'dynamodb UpdateItem');
  const indexWrites = ASSUMED.indexWrites + ASSUMED.callerIndexWrites + ASSUMED.inboxIndexWrites;
  return [
    ...transcription(volume),
    ...media(volume),
    each('requests', 'lambdaRequest', invoked),
    each('time, each function cold', 'lambdaGbSecondArm', time),
    // Transcribe writes a probe and the transcript, and reads the recording; a player reads it as well.
    each('writes', 's3Put', count('s3 PutObject') + 2),
    each('reads', 's3Get', count('s3 GetObject', 's3 HeadObject') + 1 + openings),
    each('events of new objects', 'eventBridgeEvent', 3),
    each('messages: sent, received, deleted', 'sqsRequest', queueMessages(steps) * 3),
    each('writes of the ledger', 'dynamodbWrite', writes * kilobytes(ASSUMED.ledgerEntryBytes) + indexWrites),
    each('reads of the ledger', 'dynamodbRead', count('dynamodb GetItem')),
    each('reads of the key of the links', 'secretCall', count('secretsmanager GetSecretValue')),
    each('logs', 'logsIn', logged / GB),
    each('logs that are kept', 'logsStorage', keptLogs(facts, logged)),
    ...stored(facts, volume),
    ...(facts.ownKeys > 0 ? [each('requests of your own keys', 'kmsRequest', ASSUMED.kmsRequests)] : []),
    each('recordings that people hear', 'dataOut', (openings * wavBytes(seconds)) / GB),
    ...(facts.mode === 'email' ? mails(facts, volume) : []),
  ];
}

/** What the contact center has also without voicemail, as a rule. */
export function ownUses({ ownKeys }: Pick<StackFacts, 'ownKeys'>, { voicemails }: Volume): readonly Use[] {
  return [
    own('data stream of contact records, one shard', 'kinesisShardHour', ASSUMED.hoursPerMonth),
    own('contact records of voicemails', 'kinesisPutUnit', voicemails * ASSUMED.contactRecords),
    own('your own keys', 'kmsKeyMonth', ownKeys),
  ];
}

function own(what: string, price: PriceName, quantity: number): Use {
  return { part: 'yours', what, price, quantity };
}

/** With the AI that new instances have in their price, or without. */
export type InstancePricing = 'ai' | 'basic';

/** What Amazon Connect itself costs. */
export function connectUses(
  { mode, canariesPerMonth }: Pick<StackFacts, 'mode' | 'canariesPerMonth'>,
  { voicemails, seconds, openings }: Volume,
  pricing: InstancePricing,
): readonly Use[] {
  const minutes = (voicemails * (seconds + ASSUMED.callBesidesSeconds)) / 60;
  return [
    connect('voice', pricing === 'ai' ? 'connectVoiceMinuteAi' : 'connectVoiceMinute', minutes),
    connect('telephony, of a US number', 'telephonyMinute', minutes),
    connect('tasks', 'connectTask', mode === 'email' ? 0 : voicemails),
    ...(canariesPerMonth > 0
      ? [connect('tasks of the canary', 'connectTask', canariesPerMonth * CANARY.tasks)]
      : []),
    connect('steps of guides', 'connectChatMessage', mode === 'guided_task' ? voicemails * openings : 0),
    // Mails go through SES.
    connect('emails of Amazon Connect', 'connectEmail', 0),
  ];
}

function connect(what: string, price: PriceName, quantity: number): Use {
  return { part: 'connect', what, price, quantity };
}

/** Minutes of jobs. Each is at least 15 s. */
export function transcription({ voicemails, seconds }: Volume): readonly Use[] {
  const quantity = (voicemails * Math.max(Math.ceil(seconds), 15)) / 60;
  return [{ part: 'variable', what: 'transcription', price: 'transcribeMinute', quantity }];
}

/** The caller's audio, in a stream of Amazon Connect. */
export function media({ voicemails, seconds }: Volume): readonly Use[] {
  const { mediaBytesPerSecond, streamedBesides, mediaHours, hoursPerMonth } = ASSUMED;
  const gigabytes = (voicemails * (seconds + streamedBesides) * mediaBytesPerSecond) / GB;
  return [
    { part: 'variable', what: 'audio in', price: 'kvsIn', quantity: gigabytes },
    { part: 'variable', what: 'audio out', price: 'kvsOut', quantity: gigabytes },
    {
      part: 'variable',
      what: 'audio that is kept for a day',
      price: 'kvsStorage',
      quantity: (gigabytes * mediaHours) / hoursPerMonth,
    },
  ];
}

/** When as much is deleted as comes in. The ledger knows a voicemail as long as anything of it is kept. */
function stored(facts: StackFacts, { voicemails, seconds }: Volume): readonly Use[] {
  const { recordings, transcripts } = facts.kept;
  const days = Math.max(reckonedDays(recordings.days), reckonedDays(transcripts.days));
  const ledger = (voicemails * ASSUMED.ledgerEntryBytes * days) / DAYS_PER_MONTH / GB;
  const bytes = { recordings: wavBytes(seconds), transcripts: seconds * ASSUMED.transcriptBytesPerSecond };
  return [
    ...objectUses(facts, { voicemails, bytes }),
    { part: 'variable', what: 'the ledger', price: 'dynamodbStorage', quantity: ledger },
    { part: 'variable', what: 'the ledger’s backup', price: 'dynamodbBackup', quantity: ledger },
  ];
}

/** To one recipient each. */
function mails({ isAttached, attachLimitMegabytes }: StackFacts, volume: Volume): readonly Use[] {
  const bytes = wavBytes(volume.seconds);
  const isSent = isAttached && bytes <= attachLimitMegabytes * 1e6;
  return [
    { part: 'variable', what: 'emails', price: 'sesMail', quantity: volume.voicemails },
    {
      part: 'variable',
      what: 'recordings attached',
      price: 'sesAttachment',
      quantity: isSent ? (volume.voicemails * bytes * ASSUMED.attachmentGrowth) / GB : 0,
    },
  ];
}

export function wavBytes(seconds: number): number {
  return ASSUMED.wavHeaderBytes + seconds * ASSUMED.wavBytesPerSecond;
}

function gbSeconds(step: Step, { memoryMegabytes }: StackFacts, warmth: Warmth): number {
  const { bundle, invocations } = step;
  const calls = Object.entries(callsOf([step], warmth));
  const waitMs = total(calls, ([name, count]) => count * (USUAL_MS[name.split(' ')[0] ?? ''] ?? 0));
  const startMs = warmth === 'cold' ? ASSUMED.coldStartMs : 0;
  const ms = waitMs + invocations * (ASSUMED.runMs + startMs);
  return ((memoryMegabytes[bundle] ?? 128) / 1024) * (ms / 1000);
}

function keptLogs({ logRetentionDays }: StackFacts, bytes: number): number {
  return (bytes * logRetentionDays) / DAYS_PER_MONTH / GB;
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((before, item) => before + of(item), 0);
}
