import { writeWav } from '../../../audio/write-wav.ts';
import type { Clock } from '../../../clock.ts';
import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import { TONE } from '../fragment-writer.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Line } from './line.ts';
import type { InstanceStorage } from '../storage/instance-storage.ts';

/** Caller and prompts have a channel each, or share one. */
export type IvrChannels = 'caller-right' | 'caller-left' | 'one';

export interface Interaction {
  readonly contact: Contact;
  readonly line: Line;
  readonly script: {
    readonly audio: Int16Array;
    /** Absent: `caller-right`, as documented. */
    readonly ivrChannels?: IvrChannels;
    readonly uploadDelayMs?: number;
  };
}

interface InteractionParts {
  readonly clock: Clock;
  readonly s3?: Pick<SimulatedS3, 'put'>;
  readonly storage: Pick<InstanceStorage, 'callRecordings'>;
}

/**
 * The caller speaks, until all is said or the call ends, and the instance records
 * the call from its beginning: a prompt first, here a 1 kHz tone, then the caller.
 *
 * The file begins with the second in which the call came in, because the contact record cuts its start to
 * seconds. The caller is on the right channel and prompts are on the left, unless the options say otherwise.
 * The file is uploaded after the hang-up; the contact record names it even if it is not uploaded.
 *
 * Source: Amazon Connect administrator guide, "Set recording, analytics and processing behavior".
 */
export async function recordInteraction(
  { contact, line, script }: Interaction,
  { clock, s3, storage }: InteractionParts,
): Promise<void> {
  const place = storage.callRecordings();
  if (!s3 || !place) throw new Error('nothing can be recorded: the world has no bucket for it');
  const { audio, ivrChannels = 'caller-right', uploadDelayMs = 0 } = script;
  const startedAtMs = Math.floor(contact.initiatedAtMs / 1000) * 1000;
  const spokenAtMs = Math.floor(clock.now());
  await line.waitUntil(spokenAtMs + Math.ceil(audio.length / SAMPLES_PER_MS));

  const saidUntil = Math.floor((line.endsAtMs() - spokenAtMs) * SAMPLES_PER_MS);
  const said = audio.subarray(0, Math.max(saidUntil, 0));
  const file = recordingOf(said, (spokenAtMs - startedAtMs) * SAMPLES_PER_MS, ivrChannels);
  const key = addIvrRecording(contact, { startMs: startedAtMs, endMs: clock.now() }, place);

  const object = { bucket: place.bucket, key, body: file, contentType: 'audio/wav' };
  if (uploadDelayMs === 0) await s3.put(object);
  else if (uploadDelayMs !== Infinity) clock.after(uploadDelayMs, () => void s3.put(object));
}

/** Notes the file for the contact record, uploaded or not. Returns its key. Times are epoch milliseconds. */
export function addIvrRecording(
  contact: Contact,
  span: { readonly startMs: number; readonly endMs: number },
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): string {
  const key = fileOf(contact, `${prefix}/ivr`);
  const location = `${bucket}/${key}`;
  contact.recordings.push({ kind: 'ivr', location, startedAtMs: span.startMs, stoppedAtMs: span.endMs });
  return key;
}

function recordingOf(said: Int16Array, promptLength: number, ivrChannels: IvrChannels): Buffer {
  const channels = ivrChannels === 'one' ? 1 : 2;
  const caller = ivrChannels === 'caller-right' ? 1 : 0;
  const prompts = ivrChannels === 'caller-left' ? 1 : 0;
  const samples = new Int16Array((promptLength + said.length) * channels);
  for (let i = 0; i < promptLength; i++) samples[i * channels + prompts] = TONE[i % TONE.length] ?? 0;
  for (const [i, sample] of said.entries()) samples[(promptLength + i) * channels + caller] = sample;
  return writeWav(samples, channels);
}

/** `<folder>/2026/03/04/<contact id>_20260304T15:06_UTC.wav` */
export function fileOf({ id, initiatedAtMs }: Contact, folder: string): string {
  const iso = new Date(initiatedAtMs).toISOString();
  const day = iso.slice(0, 10);
  const minute = `${day.replaceAll('-', '')}T${iso.slice(11, 16)}`;
  return `${folder}/${day.replaceAll('-', '/')}/${id}_${minute}_UTC.wav`;
}
