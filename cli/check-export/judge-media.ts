import { createReadStream } from 'node:fs';
import { PermanentError } from '../../src/domain/errors.ts';
import { fragmentsIn } from '../../src/domain/audio/kvs-fragments.ts';
import { hasSound, levelMeter } from '../../src/domain/audio/levels.ts';
import { callerChannelOf, telephonePcm } from '../../src/domain/audio/telephone-audio.ts';
import { openWav } from '../../src/domain/audio/wav-reader.ts';
import { BYTES_PER_MS } from '../../src/domain/audio/wav.ts';
import { type Judgment, ok, refused, type Remark, warning } from './judgment.ts';

/** As the product reads an IVR recording: all of it is played, and measured. */
export async function judgeWav(path: string): Promise<Judgment> {
  return { kind: 'WAV audio', remarks: await remarksOr(() => onWav(path)) };
}

async function onWav(path: string): Promise<readonly Remark[]> {
  const open = () => openWav(createReadStream(path));
  const first = await open();
  const isStereo = first.format.channels === 2;
  const channel = isStereo ? await callerChannelOf(first, 0) : 'mean';
  const wav = isStereo ? await open() : first;
  const meter = levelMeter();
  for await (const pcm of telephonePcm(wav, 0, channel)) meter.add(pcm);
  const levels = meter.end();
  if (levels.durationMs === 0) return [warning('there is no audio in it')];
  return [
    ok(`${inSeconds(levels.durationMs)} of audio`),
    ...(wav.isComplete() ? [] : [warning('it is cut off: what is there is read')]),
    ...(hasSound(levels) ? [] : [warning('nothing is heard in it')]),
  ];
}

/** As the product reads the answer of Kinesis Video Streams. */
export async function judgeMatroska(path: string): Promise<Judgment> {
  return { kind: 'Matroska', remarks: await remarksOr(() => onFragments(path)) };
}

async function onFragments(path: string): Promise<readonly Remark[]> {
  const contacts = new Set<string>();
  let fragments = 0;
  let errors = 0;
  let audioBytes = 0;
  let isCut = false;
  for await (const some of fragmentsIn(createReadStream(path))) {
    for (const { contactId, error, audio, truncated } of some) {
      if (contactId !== undefined) contacts.add(contactId);
      fragments += 1;
      errors += error ? 1 : 0;
      isCut ||= truncated;
      for (const { samples } of audio) audioBytes += samples.length;
    }
  }
  const trouble = [
    ...(errors > 0 ? [warning(`AWS reports an error in the place of ${errors} of its fragments`)] : []),
    ...(isCut ? [warning('it is cut off: what is there is read')] : []),
  ];
  if (audioBytes === 0) return [...trouble, refused('no audio on a track of Amazon Connect for the caller')];
  const heard = `${inSeconds(audioBytes / BYTES_PER_MS)} of a caller in ${fragments} fragments`;
  return [
    ...trouble,
    ok(heard),
    ...(contacts.size > 1 ? [ok(`of ${contacts.size} contacts, which their tags distinguish`)] : []),
    ...(contacts.size === 0 ? [warning('no fragment says which contact it is of')] : []),
  ];
}

/** The reader's own sentence says what is wrong: it names formats and offsets. */
async function remarksOr(read: () => Promise<readonly Remark[]>): Promise<readonly Remark[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return [refused(error.message)];
  }
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
