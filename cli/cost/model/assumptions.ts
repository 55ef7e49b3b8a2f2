/** What AWS's services usually take to answer a call within a Region, in milliseconds. Assumed. */
export const USUAL_MS: Readonly<Record<string, number>> = {
  connect: 60,
  dynamodb: 8,
  events: 20,
  kinesisvideo: 40,
  lambda: 10,
  s3: 30,
  secretsmanager: 15,
  ses: 100,
  sqs: 10,
  transcribe: 80,
};

/** What is reckoned with. `test/cost/calls.test.ts` holds the sizes that the simulator has against it. */
export const ASSUMED = {
  hoursPerMonth: 730,
  /** Of an invocation beside its calls, at the share of a processor that 512 MB have. */
  runMs: 60,
  /** To start an execution environment. Lambda bills it. At a thousand a month nearly every invocation needs one. */
  coldStartMs: 500,
  /** 8 kHz, 16 bits. */
  wavBytesPerSecond: 16_000,
  wavHeaderBytes: 44,
  /** As Kinesis Video Streams has it: audio, and what Matroska adds. */
  mediaBytesPerSecond: 17_172,
  /** For so much longer than the caller speaks the flow streams. */
  streamedBesides: 3,
  /** At 130 words a minute. */
  transcriptBytesPerSecond: 320,
  ledgerEntryBytes: 2_760,
  /** Also Lambda’s own lines, those of a start too. */
  logBytesPerInvocation: 900,
  /** The sweep’s environment is always there. */
  sweepLogBytes: 320,
  /** With full monitoring, metrics are written into logs. */
  metricLogBytesPerVoicemail: 1_100,
  /** Open, due again, closed: entries of the ledger's index are written when their key changes. */
  indexWrites: 6,
  /** By caller: once. By inbox: when it is delivered, and at most three more, when it is moved there or taken out. */
  callerIndexWrites: 1,
  inboxIndexWrites: 4,
  /** Greeting, menu and thanks: the call is so much longer than the message. */
  callBesidesSeconds: 21,
  /** The voicemail's own record, again when its flag was reset, and two of its task. */
  contactRecords: 4,
  /** How long a test voicemail of the canary is followed: Transcribe takes most of it. */
  canarySeconds: 40,
  kmsRequests: 10,
  /** What is kept forever, for so long: it grows each month. */
  foreverDays: 3650,
  mediaHours: 24,
  /**
   * Lambda polls a queue in five places, 20 s at a time, and does not do so less often where a maximum concurrency is
   * set. Source: Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings".
   */
  pollers: 5,
  pollSeconds: 20,
  /** Base64, and the mail's own lines. */
  attachmentGrowth: (4 / 3) * 1.03,
} as const;
