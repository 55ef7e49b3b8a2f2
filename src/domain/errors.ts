/**
 * The two ways a step can fail. Every `throw` in src/ is one of them; every other error is a bug of ours,
 * and is retried like an outage.
 *
 * - RetryableError: the same call may succeed later. The event is replayed.
 * - PermanentError: it will never succeed. The event is parked for a person to look at.
 *
 * Codes are a contract: alarms, dead letters and the ledger group by them. Messages are for people and may
 * change freely; they never contain words or numbers of callers.
 */
type FailureCode =
  /** A later version wrote the ledger entry, and this one cannot work with it. Nothing is wrong with it. */
  | 'LATER_VERSION'
  /** The event, record, object or answer does not have the shape it must have. */
  | 'MALFORMED_EVENT'
  /** The video stream or the WAV file cannot be read; the message says where or why. */
  | 'MALFORMED_MEDIA'
  /** A task cannot have the recording attached, and would have nothing else to play it. */
  | 'NO_ATTACHMENT'
  /** There is no audio of this caller, now or later. */
  | 'NO_AUDIO'
  /** Something that is needed does not exist yet. */
  | 'NOT_READY'
  /** Nobody has an email address for this voicemail. */
  | 'NO_RECIPIENT'
  /** AWS refused the request. */
  | 'REFUSED'
  /** An email template does not exist, or cannot be filled in; the message says why. */
  | 'TEMPLATE'
  /** AWS throttles. */
  | 'THROTTLED'
  /** AWS failed or did not answer. */
  | 'UNAVAILABLE'
  /** AWS did not answer, and may have done the operation: a second call may do it twice. */
  | 'UNANSWERED';

abstract class Failure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

interface RetryOptions extends ErrorOptions {
  /**
   * The step knows what it waits for and for how long: the message is retried after this time at the latest.
   * Milliseconds.
   */
  readonly retryWithinMs?: number;
}

export class RetryableError extends Failure {
  override readonly name = 'RetryableError';
  readonly retryWithinMs: number | undefined;

  constructor(code: FailureCode, message: string, options: RetryOptions = {}) {
    super(code, message, options);
    this.retryWithinMs = options.retryWithinMs;
  }
}

export class PermanentError extends Failure {
  override readonly name = 'PermanentError';
}
