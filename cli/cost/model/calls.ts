/** How a voicemail reaches its recipient. */
export type Mode = 'guided_task' | 'task' | 'email';

/** By service and operation, as in `dynamodb GetItem`. */
export type Calls = Readonly<Record<string, number>>;

/** What a function does for one voicemail. */
export interface Step {
  readonly bundle: string;
  readonly invocations: number;
  /** Every time. */
  readonly calls: Calls;
  /** In addition, in an execution environment that has just started, or has forgotten what it looked up. */
  readonly coldCalls: Calls;
  /** Whether its invocations come from a queue. */
  readonly isQueued: boolean;
}

/** Of every voicemail, up to its delivery. `test/cost/calls.test.ts` holds all of this against the simulator. */
const BEFORE_DELIVERY: readonly Step[] = [
  {
    bundle: 'contact-records',
    invocations: 1,
    calls: { 'dynamodb PutItem': 1, 'sqs SendMessage': 1 },
    coldCalls: {},
    isQueued: false,
  },
  {
    bundle: 'save-recording',
    invocations: 1,
    calls: {
      'dynamodb GetItem': 1,
      'dynamodb UpdateItem': 1,
      'kinesisvideo GetMediaForFragmentList': 1,
      'kinesisvideo ListFragments': 1,
      's3 PutObject': 1,
      'transcribe StartTranscriptionJob': 1,
    },
    coldCalls: { 'kinesisvideo GetDataEndpoint': 2 },
    isQueued: true,
  },
  {
    bundle: 'start-transcription',
    invocations: 1,
    calls: { 'dynamodb GetItem': 1 },
    coldCalls: {},
    isQueued: true,
  },
];

const LOOK_UPS: Calls = {
  'connect DescribeHoursOfOperation': 1,
  'connect DescribeQueue': 1,
  'secretsmanager GetSecretValue': 1,
};

const TASK: Step = {
  bundle: 'deliver-voicemail',
  invocations: 1,
  calls: {
    'connect StartTaskContact': 1,
    'connect UpdateContactAttributes': 1,
    'dynamodb UpdateItem': 2,
    's3 GetObject': 1,
    'transcribe DeleteTranscriptionJob': 1,
  },
  coldCalls: LOOK_UPS,
  isQueued: true,
};

/** SES's event, that the mail went out, is the second invocation. */
const MAIL: Step = {
  bundle: 'deliver-voicemail',
  invocations: 2,
  calls: {
    'connect UpdateContactAttributes': 1,
    'dynamodb UpdateItem': 5,
    's3 GetObject': 1,
    'ses SendEmail': 1,
    'transcribe DeleteTranscriptionJob': 1,
  },
  coldCalls: LOOK_UPS,
  isQueued: true,
};

const MAIL_WITH_RECORDING: Step = { ...MAIL, calls: { ...MAIL.calls, 's3 GetObject': 2 } };

/** What functions do for each voicemail, from the contact record to the flag that is reset. */
export function stepsOf({ mode, isAttached }: { mode: Mode; isAttached: boolean }): readonly Step[] {
  const mail = isAttached ? MAIL_WITH_RECORDING : MAIL;
  return [...BEFORE_DELIVERY, mode === 'email' ? mail : TASK];
}

/** What a person who hears a voicemail makes a function do: an agent's guide, or the link in a task or mail. */
export function openingOf(mode: Mode): Step {
  return mode === 'guided_task' ? GUIDE : LINK;
}

const GUIDE: Step = {
  bundle: 'show-voicemail',
  invocations: 1,
  calls: { 'dynamodb GetItem': 1, 's3 GetObject': 1, 's3 HeadObject': 1 },
  coldCalls: {},
  isQueued: false,
};

const LINK: Step = {
  bundle: 'open-recording',
  invocations: 1,
  calls: { 'dynamodb GetItem': 1, 's3 HeadObject': 1 },
  coldCalls: { 'secretsmanager GetSecretValue': 2 },
  isQueued: false,
};

/** One look for voicemails that are past their due time. */
export const SWEEP: Step = {
  bundle: 'sweep',
  invocations: 1,
  calls: { 'dynamodb Query': 1 },
  coldCalls: {},
  isQueued: false,
};

export type Warmth = 'warm' | 'cold';

/** All calls of these steps, by service and operation. */
export function callsOf(steps: readonly Step[], warmth: Warmth): Calls {
  const sums: Record<string, number> = {};
  for (const { calls, coldCalls } of steps) {
    for (const [name, count] of [
      ...Object.entries(calls),
      ...(warmth === 'cold' ? Object.entries(coldCalls) : []),
    ])
      sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

/**
 * What AWS gets a second while so many voicemails a second are delivered, by service and operation: the functions' calls,
 * and those that Lambda and EventBridge make of queues. Without the sweep, and without what people open.
 */
export function callsPerSecond(steps: readonly Step[], voicemailsPerSecond: number, warmth: Warmth): Calls {
  const calls = callsOf(steps, warmth);
  const received = queueMessages(steps);
  const sent = received - (calls['sqs SendMessage'] ?? 0);
  const all = {
    ...calls,
    'sqs SendMessage by EventBridge': sent,
    'sqs ReceiveMessage by Lambda': received,
    'sqs DeleteMessage by Lambda': received,
  };
  return Object.fromEntries(Object.entries(all).map(([name, count]) => [name, count * voicemailsPerSecond]));
}

/** How many messages of queues these steps work on. */
export function queueMessages(steps: readonly Step[]): number {
  return steps.reduce((sum, { isQueued, invocations }) => sum + (isQueued ? invocations : 0), 0);
}
