import { ConnectClient, type ConnectClientConfig } from '@aws-sdk/client-connect';
import { timeLimits } from './time-limits.ts';

type RetryStrategy = NonNullable<ConnectClientConfig['retryStrategy']>;

/** The SDK's own number; the first attempt is not a retry. */
const TRIES = 3;
const PAUSE_MS = 100;
/** A call is throttled this often before its voicemail goes back to the queue: some five seconds. */
const THROTTLED_TRIES = 7;
/** From 0.5 to 1.5 times as long, at random. Two deliveries that ask so often use every free call. */
const THROTTLED_PAUSE_MS = 800;

/**
 * Amazon Connect, asked again at once when it fails, and a little later when it throttles.
 *
 * It lets two tasks through in a second, and two deliveries at a time
 * wait for their turn here: who is first in the queue stays first. Sent back at once, a
 * voicemail would wait for longer each time, while later ones pass it. Where others in the
 * account use up what there is, waiting here is of no use, and the queue has the patience.
 */
export function connectClient(): ConnectClient {
  return new ConnectClient({ ...timeLimits('connect'), retryStrategy: PATIENT_WHEN_THROTTLED });
}

const PATIENT_WHEN_THROTTLED = {
  mode: 'standard',
  acquireInitialRetryToken: async () => tokenOf(0, 0),
  async refreshRetryTokenForRetry(token, { errorType, error }) {
    const count = token.getRetryCount() + 1;
    const isThrottled = errorType === 'THROTTLING';
    // The SDK throws AWS's answer, not this error.
    if (errorType === 'CLIENT_ERROR' || count >= (isThrottled ? THROTTLED_TRIES : TRIES))
      throw new Error('not to be repeated', { cause: error });
    return tokenOf(
      count,
      isThrottled ? THROTTLED_PAUSE_MS * (0.5 + Math.random()) : PAUSE_MS * 2 ** count * Math.random(),
    );
  },
  recordSuccess() {},
} satisfies RetryStrategy;

function tokenOf(count: number, delayMs: number) {
  return { getRetryCount: () => count, getRetryDelay: () => delayMs };
}
