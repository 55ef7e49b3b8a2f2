import type { Clock } from '../../../clock.ts';
import { inBackground } from '../../../in-background.ts';
import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import { writeWav } from '../../../audio/write-wav.ts';
import type { Contact } from '../contacts/contact.ts';
import { FRAGMENT_MS } from '../fragment-writer.ts';
import { addIvrRecording } from '../canned/ivr-audio.ts';
import type { InstanceStorage } from '../storage/instance-storage.ts';
import type { World } from '../world.ts';
import { playedBetween, saidBetween, type Span, type Utterance } from './line-audio.ts';

/** Records the part of a call before an agent joins, in a file. */
export interface IvrRecorder {
  /** Turns recording on or off. On again goes on in the same file. */
  readonly turn: (to: 'on' | 'off', atMs: number) => void;
  /** Call it when an agent joins, or the call ends: the file is made and uploaded. */
  readonly finish: (contact: Contact, atMs: number) => void;
}

interface IvrRecorderParts {
  readonly clock: Clock;
  /** Absent: nothing is recorded. */
  readonly s3?: Pick<SimulatedS3, 'put'>;
  readonly storage: Pick<InstanceStorage, 'callRecordings'>;
  readonly world: Pick<World, 'ivrPauses'>;
  /** What the caller says and hears. Both lists grow. */
  readonly utterances: readonly Utterance[];
  readonly heard: readonly Span[];
}

/**
 * Prompts on the left channel, the caller on the right. The file begins with the second in which recording
 * begins. It is silent while recording is paused, as after SuspendContactRecording, or without the pause.
 *
 * Source: Amazon Connect administrator guide, "Set recording, analytics and processing behavior"; API
 * reference, SuspendContactRecording. That a flow's pause is silent, too, is not documented.
 */
export function createIvrRecorder(parts: IvrRecorderParts): IvrRecorder {
  const { clock, s3, storage, world, utterances, heard } = parts;
  let recorded: Span[] = [];
  let onSinceMs: number | undefined;

  function pause(atMs: number): void {
    if (onSinceMs !== undefined) recorded.push({ startMs: onSinceMs, endMs: atMs });
    onSinceMs = undefined;
  }

  return {
    turn(to, atMs) {
      if (to === 'off') pause(atMs);
      else onSinceMs ??= recorded.length === 0 ? Math.floor(atMs / 1000) * 1000 : atMs;
    },
    finish(contact, atMs) {
      const place = storage.callRecordings();
      pause(atMs);
      const [first] = recorded;
      const last = recorded.at(-1);
      if (!first || !last || !s3 || !place) return;
      const span = { startMs: first.startMs, endMs: last.endMs };
      const key = addIvrRecording(contact, span, place);
      const body = writeWav(inStereo(filled(recorded, world), utterances, heard), CHANNELS);
      recorded = [];
      const done = clock.busy();
      inBackground(s3.put({ bucket: place.bucket, key, body, contentType: 'audio/wav' }).finally(done));
    },
  };
}

const CHANNELS = 2;

/** A stretch of the file. */
interface Stretch extends Span {
  readonly isPause: boolean;
}

/** What was recorded, with the pauses in between if they are silent. */
function filled(recorded: readonly Span[], { ivrPauses = 'silent' }: Pick<World, 'ivrPauses'>): Stretch[] {
  return recorded.flatMap((span, index): Stretch[] => {
    const before = recorded[index - 1];
    const stretch = { ...span, isPause: false };
    if (!before || ivrPauses === 'cut') return [stretch];
    return [{ startMs: before.endMs, endMs: span.startMs, isPause: true }, stretch];
  });
}

function inStereo(
  stretches: readonly Stretch[],
  utterances: readonly Utterance[],
  heard: readonly Span[],
): Int16Array {
  const lengthMs = stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const samples = new Int16Array(lengthMs * SAMPLES_PER_MS * CHANNELS);
  let at = 0;
  for (const { startMs, endMs, isPause } of stretches) {
    for (let fromMs = startMs; fromMs < endMs; fromMs += FRAGMENT_MS) {
      const piece = { startMs: fromMs, endMs: Math.min(fromMs + FRAGMENT_MS, endMs) };
      if (!isPause) {
        for (const [index, sample] of playedBetween(heard, piece).entries())
          samples[(at + index) * CHANNELS] = sample;
        for (const [index, sample] of saidBetween(utterances, piece).entries())
          samples[(at + index) * CHANNELS + 1] = sample;
      }
      at += (piece.endMs - piece.startMs) * SAMPLES_PER_MS;
    }
  }
  return samples;
}
