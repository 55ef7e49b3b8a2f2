import type { Clock } from '../../../clock.ts';
import { inBackground } from '../../../in-background.ts';
import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import { writeWav } from '../../../audio/write-wav.ts';
import type { Contact } from '../contacts/contact.ts';
import { FRAGMENT_MS } from '../fragment-writer.ts';
import { addIvrRecording } from '../canned/ivr-audio.ts';
import type { InstanceStorage } from '../storage/instance-storage.ts';
import { playedBetween, saidBetween, type Span, type Utterance } from './line-audio.ts';

/** Records the part of a call before an agent joins, in a file. */
export interface IvrRecorder {
  /** Turns recording on or off. If it is turned on again, the time in between is recorded too. */
  readonly turn: (to: 'on' | 'off', atMs: number) => void;
  /** Call it when an agent joins, or the call ends: the file is made and uploaded. */
  readonly finish: (contact: Contact, atMs: number) => void;
}

interface IvrRecorderParts {
  readonly clock: Clock;
  /** Absent: nothing is recorded. */
  readonly s3?: Pick<SimulatedS3, 'put'>;
  readonly storage: Pick<InstanceStorage, 'callRecordings'>;
  /** What the caller says and hears. Both lists grow. */
  readonly utterances: readonly Utterance[];
  readonly heard: readonly Span[];
}

/**
 * Prompts on the left channel, the caller on the right. The file begins with the second in which recording
 * begins.
 *
 * Source: Amazon Connect administrator guide, "Set recording, analytics and processing behavior".
 */
export function createIvrRecorder({ clock, s3, storage, utterances, heard }: IvrRecorderParts): IvrRecorder {
  let startMs: number | undefined;
  let stoppedMs: number | undefined;

  return {
    turn(to, atMs) {
      if (to === 'on') startMs ??= Math.floor(atMs / 1000) * 1000;
      stoppedMs = to === 'on' ? undefined : (stoppedMs ?? atMs);
    },
    finish(contact, atMs) {
      const place = storage.callRecordings();
      if (startMs === undefined || !s3 || !place) return;
      const span = { startMs, endMs: stoppedMs ?? atMs };
      startMs = undefined;
      const key = addIvrRecording(contact, span, place);
      const body = writeWav(inStereo(span, utterances, heard), CHANNELS);
      const done = clock.busy();
      inBackground(s3.put({ bucket: place.bucket, key, body, contentType: 'audio/wav' }).finally(done));
    },
  };
}

const CHANNELS = 2;

function inStereo(span: Span, utterances: readonly Utterance[], heard: readonly Span[]): Int16Array {
  const samples = new Int16Array((span.endMs - span.startMs) * SAMPLES_PER_MS * CHANNELS);
  for (let startMs = span.startMs; startMs < span.endMs; startMs += FRAGMENT_MS) {
    const piece = { startMs, endMs: Math.min(startMs + FRAGMENT_MS, span.endMs) };
    const at = (startMs - span.startMs) * SAMPLES_PER_MS;
    for (const [index, sample] of playedBetween(heard, piece).entries())
      samples[(at + index) * CHANNELS] = sample;
    for (const [index, sample] of saidBetween(utterances, piece).entries())
      samples[(at + index) * CHANNELS + 1] = sample;
  }
  return samples;
}
