interface TimeLimit {
  /** Until a connection is open. */
  readonly connectMs: number;
  /** From the call until the answer begins; the time to send the request counts. */
  readonly answerMs: number;
  /** Between two pieces of a request or an answer. */
  readonly idleMs: number;
}

/** What comes from a queue can wait: a call is answered in milliseconds, and one that is not after seconds never will be. */
const WORK: TimeLimit = { connectMs: 2000, answerMs: 5000, idleMs: 10_000 };

/** Somebody waits for `show-voicemail` (8 s) or `open-recording` (7 s): all tries must fit. */
const VISIT: TimeLimit = { connectMs: 1000, answerMs: 1500, idleMs: 1500 };

/** Longer than a download waits for the upload of what was read. */
const DOWNLOAD_IDLE_MS = 30_000;

/**
 * The SDK tries a call three times, and one of DynamoDB four times: a call without an answer costs
 * seconds, and a service without answers some twenty.
 */
const LIMITS = {
  connect: WORK,
  /** A name that is late is left out. */
  customerprofiles: VISIT,
  dynamodb: WORK,
  /** Its streams of media are read as fast as their audio is uploaded. */
  kinesisvideo: { ...WORK, idleMs: DOWNLOAD_IDLE_MS },
  s3: { ...WORK, idleMs: DOWNLOAD_IDLE_MS },
  secretsmanager: WORK,
  /** As long as SendEmail may take. */
  ses: { ...WORK, idleMs: 30_000 },
  sqs: WORK,
  transcribe: WORK,
} as const satisfies Record<string, TimeLimit>;

/**
 * For calls that send up to 5 MiB, or that complete an upload: pass it to `send`. Slow networks bring 1 MB a
 * second. From 2 MiB on, S3's client opens a connection for each call, whatever its agent keeps.
 */
export const UPLOAD = { requestTimeout: 20_000 } as const;

/**
 * For SendEmail: pass it to `send`. The SDK does not repeat the call, because it has no token that makes one
 * mail of two calls. If it is given up too early, the ledger does not know whether a mail was sent
 * (docs/decisions/007). After it is given up, the rest of the function's minute is enough to give back the
 * lease.
 */
export const SEND_EMAIL = { requestTimeout: 30_000 } as const;

/**
 * The settings for every client of the AWS SDK: how long it waits for AWS. `visit`: somebody waits.
 *
 * Without `throwOnRequestTimeout` the SDK only writes a warning and goes on waiting. The SDK retries a call
 * that takes too long; in the end it fails like a call without an answer, see `fromAws`.
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
