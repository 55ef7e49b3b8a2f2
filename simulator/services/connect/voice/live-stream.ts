import type { Clock } from '../../../clock.ts';
import { FRAGMENT_MS, type FragmentWriter } from '../fragment-writer.ts';
import type { Span } from './line-audio.ts';

interface LiveStreamOptions {
  readonly clock: Clock;
  readonly writer: FragmentWriter;
  /** Epoch milliseconds, whole. */
  readonly startedAtMs: number;
  /** What the caller says in a stretch of time. */
  readonly fromCustomer: (span: Span) => Int16Array;
  /** What the caller hears. Absent: it is not streamed. */
  readonly toCustomer?: (span: Span) => Int16Array;
}

/**
 * Every 1,024 ms, what was to be heard on the line goes onto the stream as a
 * fragment. Answers a function that ends it at a time, with a shorter one.
 *
 * Its timers are in the background: that a stream could go on is no reason for
 * fast time to run.
 */
export function openLiveStream(options: LiveStreamOptions): (stopMs: number) => void {
  const { clock, writer, startedAtMs, fromCustomer, toCustomer } = options;
  let sentUntilMs = startedAtMs;
  let isOpen = true;
  let cancel = planNext();

  function planNext(): () => void {
    const dueMs = sentUntilMs + FRAGMENT_MS;
    return clock.after(dueMs - clock.now(), () => sendSoon(dueMs), { background: true });
  }

  /** What else happens at that time has its turn first: it may be the first word, or the end. */
  function sendSoon(dueMs: number): void {
    const done = clock.busy();
    setImmediate(() => {
      done();
      if (!isOpen) return;
      sendUntil(dueMs);
      cancel = planNext();
    });
  }

  function sendUntil(untilMs: number): void {
    while (sentUntilMs < untilMs) {
      const span = { startMs: sentUntilMs, endMs: Math.min(sentUntilMs + FRAGMENT_MS, untilMs) };
      writer.record({
        producerMs: span.startMs,
        fromCustomer: fromCustomer(span),
        ...(toCustomer && { toCustomer: toCustomer(span) }),
      });
      sentUntilMs = span.endMs;
    }
  }

  return (stopMs) => {
    isOpen = false;
    cancel();
    sendUntil(stopMs);
    writer.close(sentUntilMs);
  };
}
