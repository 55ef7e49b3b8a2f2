interface TimeLimit {
  /** Until a connection stands. */
  readonly connectMs: number;
  /** Until an answer begins, from the moment that the call is made: what is sent with it counts. */
  readonly answerMs: number;
  /** Between two pieces of what is sent or answered. */
  readonly idleMs: number;
}

/** What comes from a queue can wait: a call is answered in milliseconds, and one that is not after seconds never will be. */
const WORK: TimeLimit = { connectMs: 2000, answerMs: 5000, idleMs: 10_000 };

/** Somebody waits for `show-voicemail` (8 s) or `open-recording` (7 s): all tries must fit. */
const VISIT: TimeLimit = { connectMs: 1000, answerMs: 1500, idleMs: 1500 };

/** Longer than an upload of what was read keeps a download waiting. */
const DOWNLOAD_IDLE_MS = 30_000;

/**
 * The SDK tries a call three times, and one of DynamoDB four times: a call without an answer costs
 * seconds, and a service without answers some twenty.
 */
const LIMITS = {
  connect: WORK,
  dynamodb: WORK,
  /** Its streams of media are read as fast as their audio is uploaded. */
  kinesisvideo: { ...WORK, idleMs: DOWNLOAD_IDLE_MS },
  /** Longer than presign-recording takes to try again for its key. It makes the same link twice. */
  lambda: { ...WORK, answerMs: 8000, idleMs: 8000 },
  s3: { ...WORK, idleMs: DOWNLOAD_IDLE_MS },
  /** Asked by functions that somebody waits for alone. */
  secretsmanager: VISIT,
  /** As long as SendEmail may take. */
  ses: { ...WORK, idleMs: 30_000 },
  sqs: WORK,
  transcribe: WORK,
} as const satisfies Record<string, TimeLimit>;

/** For calls that send up to 5 MiB, or have S3 put them together: as option to `send`. Slow networks bring 1 MB a second. */
export const UPLOAD = { requestTimeout: 20_000 } as const;

/**
 * For SendEmail: as option to `send`. It is not repeated by itself, because it has no token that makes
 * one mail of two calls: to give up early is to leave the ledger in doubt (docs/decisions/007). But when
 * it is given up, what is left of the function's minute suffices to give back the lease.
 */
export const SEND_EMAIL = { requestTimeout: 30_000 } as const;

/**
 * What every client of an AWS SDK is made with: how long it waits for AWS. `visit`: somebody waits.
 *
 * Without `throwOnRequestTimeout` the SDK only writes a warning and goes on waiting. A call that
 * took too long is tried again by the SDK, and fails as `fromAws` has it for a call without an answer.
 *
 * Source: @smithy/node-http-handler, NodeHttpHandlerOptions.
 */
export function timeLimits(service: keyof typeof LIMITS, who?: 'visit') {
  const { connectMs, answerMs, idleMs } = who === 'visit' ? VISIT : LIMITS[service];
  return {
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      socketTimeout: idleMs,
    },
  };
}
