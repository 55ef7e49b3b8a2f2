import type { PollyEngine } from '../../../../flows/language/ssml/ssml-tags.ts';

/** `0` to `9`, `*`, `#` */
export type Key = string;

/** What a flow has said to the caller. */
export type Prompt =
  | { readonly kind: 'text'; readonly text: string }
  /** Without an engine, it may be any. */
  | { readonly kind: 'ssml'; readonly ssml: string; readonly engine?: PollyEngine | undefined }
  /** A recorded prompt of the instance. */
  | { readonly kind: 'prompt'; readonly promptId: string }
  | { readonly kind: 'media'; readonly uri: string };

export type Heard =
  | { readonly kind: 'played' }
  | { readonly kind: 'key'; readonly key: Key }
  /** Amazon Connect cannot play it: the flow takes its error branch. */
  | { readonly kind: 'unplayable'; readonly reason: string }
  | { readonly kind: 'stopped' };

export type Pressed =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'stopped' };

/** Which sides of the call are streamed: the caller (`From`), what the caller hears (`To`). */
export type StreamDirection = 'From' | 'To';

/**
 * A caller on the line, as flows see them. All that waits takes the simulator's
 * time, and answers `stopped` as soon as `signal` is aborted, which it is when the
 * call ends or the flow is cut off.
 */
export interface Voice {
  /** Says something. It takes as long as its words and breaks do, or until a key where `stopsAtKey`. */
  readonly play: (
    prompt: Prompt,
    options: { readonly signal: AbortSignal; readonly stopsAtKey: boolean },
  ) => Promise<Heard>;
  /** Waits for one key. Keys pressed while nobody waited are lost. */
  readonly nextKey: (options: {
    readonly signal: AbortSignal;
    readonly withinMs: number;
  }) => Promise<Pressed>;
  /** Live media streaming begins; `refused` where the instance has none, or it fails. Idempotent. */
  readonly startStreaming: (directions: readonly StreamDirection[]) => 'started' | 'refused';
  /** What was said up to now is the recording. Nothing happens where nothing is streamed. */
  readonly stopStreaming: () => void;
  /**
   * The call, as long as no agent is there, is recorded into the instance's bucket from
   * now on, or no longer. Nothing happens where the instance has no bucket.
   */
  readonly recordIvr: (to: 'on' | 'off') => void;
  /** An agent is on the line from now on: prompts end, the caller is heard. */
  readonly connectAgent: () => void;
}
