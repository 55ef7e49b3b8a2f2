import { WAV_HEADER_BYTES } from '../domain/audio/wav.ts';

/** The minimum size of a part, except the last. Source: S3 user guide, "Multipart upload limits". */
const PART_BYTES = 5 * 1024 * 1024;
/** As many as one recording needs at the same time. */
const MOST_SPARE = 2;

/** A part of a recording's file, and the memory in which it is. */
export interface RecordingPart {
  readonly bytes: Uint8Array;
  readonly memory: Uint8Array<ArrayBuffer>;
}

/**
 * Memory for parts of recordings, one after the other. New memory for each would be most of the garbage of the
 * function that saves them. Pages that nothing was written to take no room.
 */
export class PartMemory {
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];

  take(): Uint8Array<ArrayBuffer> {
    return this.#spare.pop() ?? new Uint8Array(WAV_HEADER_BYTES + PART_BYTES);
  }

  /**
   * Only if nothing reads it any more: S3 took the part at the first try, or it was never sent. S3 can answer
   * before it has read all of a request, and a request that is tried again, or refused, may still be on its
   * way. What is sent then must not be overwritten by the next part, or by the next caller's voice.
   */
  giveBack(memory: Uint8Array<ArrayBuffer>): void {
    if (this.#spare.length < MOST_SPARE) this.#spare.push(memory);
  }
}

/**
 * Cuts audio into parts; the first has room for the header. Each is in memory of its own, which the one who
 * asks for the parts gives back.
 */
export async function* inParts(
  pcm: AsyncIterable<Uint8Array>,
  memories: PartMemory,
): AsyncGenerator<RecordingPart, void, void> {
  let memory: Uint8Array<ArrayBuffer> | undefined = memories.take();
  let room = WAV_HEADER_BYTES + PART_BYTES;
  let filled = WAV_HEADER_BYTES;
  let isEmpty = true;
  try {
    for await (const chunk of pcm) {
      for (let at = 0; at < chunk.length;) {
        if (filled === room) {
          const full: RecordingPart = { bytes: memory.subarray(0, filled), memory };
          memory = undefined;
          yield full;
          room = PART_BYTES;
          filled = 0;
        }
        memory ??= memories.take();
        const taken = Math.min(room - filled, chunk.length - at);
        memory.set(taken === chunk.length ? chunk : chunk.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        isEmpty = false;
      }
    }
    if (isEmpty) return;
    const last: RecordingPart = { bytes: memory.subarray(0, filled), memory };
    memory = undefined;
    yield last;
  } finally {
    // Of a part that nobody has seen.
    if (memory) memories.giveBack(memory);
  }
}
