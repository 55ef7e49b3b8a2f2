/**
 * Where Amazon Connect puts what a caller says, for flows of this product to switch on: live media streaming, the
 * recording of the automated interaction (IVR) into S3, or both. With `both`, the recording is read where the stream
 * cannot be.
 */
export const AUDIO_SOURCES = ['stream', 'ivr', 'both'] as const;

export type AudioSource = (typeof AUDIO_SOURCES)[number];

/** Whether messages are streamed. */
export function isStreamed(source: AudioSource): boolean {
  return source !== 'ivr';
}

/** Whether messages are in recordings of the automated interaction. */
export function isInIvrRecording(source: AudioSource): boolean {
  return source !== 'stream';
}
