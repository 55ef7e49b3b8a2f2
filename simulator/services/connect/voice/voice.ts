import type { PollyEngine } from '../../../../flows/language/ssml/ssml-tags.ts';

/** `0` to `9`, `*`, `#` */
export type Key = string;

/** What a flow has said to the caller. */
export type Prompt =
  | { readonly kind: 'text'; readonly text: string }
  /** Without an engine: any engine. */
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
 * A caller on the line, for flows. Everything that waits takes the simulator's time, and returns `stopped`
 * as soon as `signal` is aborted: when the call ends, or the flow is cut off.
 */
export interface Voice {
  /** Plays a prompt. It takes as long as its words and breaks, or until a key if `stopsAtKey`. */
  readonly play: (
    prompt: Prompt,
    options: { readonly signal: AbortSignal; readonly stopsAtKey: boolean },
  ) => Promise<Heard>;
  /** Waits for one key. Keys that are pressed at other times are lost. */
  readonly nextKey: (options: {
    readonly signal: AbortSignal;
    readonly withinMs: number;
  }) => Promise<Pressed>;
  /**
   * Starts live media streaming. Returns `refused` if the instance does not have it, or it fails.
   * Idempotent.
   */
  readonly startStreaming: (directions: readonly StreamDirection[]) => 'started' | 'refused';
  /**
   * Stops live media streaming: the recording is what was said up to now. Does nothing if nothing is
   * streamed.
   */
  readonly stopStreaming: () => void;
  /**
   * Turns the recording into the instance's bucket on or off; it ends when an agent joins. Returns `refused`,
   * and does nothing, if the instance has no bucket to begin one.
   */
  readonly recordIvr: (to: 'on' | 'off') => 'done' | 'refused';
  /** Connects an agent: prompts end, and the agent hears the caller. */
  readonly connectAgent: () => void;
}
