import type { LongCall } from './long-call.ts';

/** Takes a caller's samples and drops them. */
export type Sink = (bytes: Uint8Array) => void;

export type Extractor = (call: LongCall, sink: Sink) => Promise<void>;
