import { type WavContent, WavError, wavContent } from '../../audio/wav-content.ts';
import type { Recognizer } from '../../recognizer/recognizer.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import type { JobOrder, LanguageWish } from './job-order.ts';
import type { TranscriptionJob } from './job.ts';
import { baseLanguage, NEVER_IDENTIFIED } from './language-codes.ts';
import { transcriptDocument } from './transcript-document.ts';

export interface RunJobPorts {
  readonly s3: Pick<SimulatedS3, 'get' | 'put'>;
  readonly recognizer: Pick<Recognizer, 'transcribe'>;
  /** Languages of the recognizer, without region: `en`. */
  readonly knows: readonly string[];
}

export type JobResult =
  | { readonly status: 'COMPLETED'; readonly languageCode: string; readonly sampleRateHz: number }
  | { readonly status: 'FAILED'; readonly reason: string };

const LOWEST_RATE_HZ = 8000;
const HIGHEST_RATE_HZ = 48_000;
const MOST_CHANNELS = 2;
const SHORTEST_SECONDS = 0.5;
const DEFAULT_LANGUAGE = 'en-US';

/** Seen in real accounts in the years 2020 to 2022; neither is documented. */
const TOO_SHORT =
  'The input media file length is too small. Minimum audio duration is 0.500000 milliseconds. Check the length of the file and try your request again.';
const NO_SPEECH =
  'Your audio file must have a speech segment long enough in duration to perform automatic language identification. Provide an audio file with someone speaking for a longer period of time and try your request again.';

/** Why a job fails, for GetTranscriptionJob and the event. Source: Amazon Transcribe API reference, FailureReason. */
class JobFailure extends Error {
  override readonly name = 'JobFailure';
}

/**
 * The work of a job: reads the recording, checks it, recognizes the speech, writes the transcript. Every
 * error fails the job and is its reason.
 */
export async function runJob(job: TranscriptionJob, ports: RunJobPorts): Promise<JobResult> {
  try {
    return await transcribed(job, ports);
  } catch (error) {
    if (error instanceof JobFailure) return { status: 'FAILED', reason: error.message };
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'FAILED', reason: `Internal failure of the simulator: ${message}` };
  }
}

async function transcribed(
  { order, accountId, media, output }: TranscriptionJob,
  { s3, recognizer, knows }: RunJobPorts,
): Promise<JobResult> {
  const { body } = await s3.get(media.bucket, media.key);
  const content = checkedRecording(body, order);
  const languageCode = languageOf(order.language, knows);

  const recognition = await recognizer.transcribe(body);
  if (order.language.kind === 'identify' && recognition.words.length === 0) throw new JobFailure(NO_SPEECH);
  const document = transcriptDocument({
    jobName: order.name,
    accountId,
    recognition,
    identifiedLanguage: order.language.kind === 'identify' ? languageCode : undefined,
  });
  await s3.put({
    ...output.transcript,
    body: Buffer.from(document),
    contentType: 'application/json',
    encryptWith: order.outputKeyId ?? 'AES256',
  });
  return { status: 'COMPLETED', languageCode, sampleRateHz: content.sampleRateHz };
}

/** Throws JobFailure if Transcribe would refuse the recording, or the simulator cannot read it. */
function checkedRecording(file: Uint8Array, { mediaFormat, sampleRateHz }: JobOrder): WavContent {
  const content = findWav(file);
  if (!content && mediaFormat === undefined)
    throw new JobFailure('Unsupported media format. The simulator only reads WAV files.');
  if (!content || (mediaFormat ?? 'wav') !== 'wav')
    throw new JobFailure('The media format provided does not match the detected media format.');
  if (content.sampleRateHz < LOWEST_RATE_HZ || content.sampleRateHz > HIGHEST_RATE_HZ)
    throw new JobFailure('Invalid sample rate for audio file.');
  if (sampleRateHz !== undefined && sampleRateHz !== content.sampleRateHz)
    throw new JobFailure('The sample rate provided does not match the detected sample rate.');
  if (content.channels > MOST_CHANNELS)
    throw new JobFailure('Invalid number of channels: number of channels too large.');
  if (secondsOf(content) < SHORTEST_SECONDS) throw new JobFailure(TOO_SHORT);
  return content;
}

function findWav(file: Uint8Array): WavContent | undefined {
  try {
    return wavContent(file);
  } catch (error) {
    if (error instanceof WavError) return undefined;
    throw error;
  }
}

function secondsOf({ data, channels, bitsPerSample, sampleRateHz }: WavContent): number {
  return data.byteLength / (channels * (bitsPerSample / 8) * sampleRateHz);
}

/**
 * The language of a job. Languages are not really identified: the result is US English, or the first of the
 * options that the recognizer knows and that can be identified.
 *
 * Throws JobFailure for a language that the recognizer does not know.
 */
function languageOf(wish: LanguageWish, knows: readonly string[]): string {
  const known = (code: string) => knows.includes(baseLanguage(code));
  const code = wish.kind === 'given' ? wish.code : identified(wish.options, known);
  if (known(code)) return code;
  const languages = knows.length === 1 && knows[0] === 'en' ? 'English' : knows.join(', ');
  throw new JobFailure(`The simulator's recognizer only knows ${languages}; this job is in ${code}.`);
}

function identified(options: readonly string[], known: (code: string) => boolean): string {
  const able = options.filter((code) => !NEVER_IDENTIFIED.has(code));
  return able.find(known) ?? able[0] ?? DEFAULT_LANGUAGE;
}
