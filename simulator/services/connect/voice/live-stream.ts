import type { Clock } from '../../../clock.ts';
import { FRAGMENT_MS, type FragmentWriter } from '../fragment-writer.ts';
import type { Span } from './line-audio.ts';

interface LiveStreamOptions {
  readonly clock: Clock;
  readonly writer: FragmentWriter;
  /** Epoch milliseconds, whole. */
  readonly startedAtMs: number;
  /** The caller's samples in a stretch of time. */
  readonly fromCustomer: (span: Span) => Int16Array;
  /** The samples of what the caller hears. Absent: it is not streamed. */
  readonly toCustomer?: (span: Span) => Int16Array;
}

/**
 * Writes the sound of the line onto the stream, a fragment every 1,024 ms. Returns a function that ends the
 * stream at a time, with a shorter fragment.
 *
 * Its timers are in the background: fast time does not run on only because a stream is open.
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

  /** Other events of that time come first: the first word can begin then, or the call can end. */
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
