import { ConnectClient, type ConnectClientConfig } from '@aws-sdk/client-connect';

type RetryStrategy = NonNullable<ConnectClientConfig['retryStrategy']>;

/** As the SDK's own, of which the first is no repetition. */
const TRIES = 3;
const PAUSE_MS = 100;

/**
 * Amazon Connect, asked again at once when it fails, and not when it throttles.
 *
 * Two deliveries at a time share two calls a second: one that waits for its turn in
 * here would keep the place of another, and of one that others have used up there is
 * nothing to wait for. In its queue, the message waits for nothing and is out of the way.
 */
export function connectClient(): ConnectClient {
  return new ConnectClient({ retryStrategy: RETRY_UNLESS_THROTTLED });
}

const RETRY_UNLESS_THROTTLED = {
  mode: 'standard',
  acquireInitialRetryToken: async () => tokenOf(0),
  async refreshRetryTokenForRetry(token, { errorType, error }) {
    const count = token.getRetryCount() + 1;
    // The SDK throws what AWS answered, whatever is thrown here.
    if (errorType === 'THROTTLING' || errorType === 'CLIENT_ERROR' || count >= TRIES)
      throw new Error('not to be repeated', { cause: error });
    return tokenOf(count);
  },
  recordSuccess() {},
} satisfies RetryStrategy;

function tokenOf(count: number) {
  return {
    getRetryCount: () => count,
    getRetryDelay: () => (count === 0 ? 0 : PAUSE_MS * 2 ** count * Math.random()),
  };
}
