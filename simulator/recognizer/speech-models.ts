import tokenizer from 'llama-tokenizer-js';
import { readWav, TELEPHONE_RATE_HZ } from '../audio/read-wav.ts';
import { resample } from '../audio/resample.ts';
import { alignTokens } from './align-tokens.ts';
import type { RecognizerFiles } from './installed-packages.ts';
import { type DecodedSpeech, FRAME_SECONDS, loadMoonshine, MODEL_RATE_HZ } from './moonshine.ts';
import { openModel } from './onnx.ts';
import { placeWords } from './place-words.ts';
import { type RecognizedSegment, type Recognition, textOf } from './recognizer.ts';
import { segmentsOf } from './segments.ts';
import { speechSecondsIn, speechSpans } from './speech-spans.ts';
import { speechProbabilities } from './voice-activity.ts';
import { type SpokenToken, wordsOf } from './word-pieces.ts';

export interface SpeechModels {
  /** What is said in a WAV file. Throws WavError. */
  readonly recognize: (wav: Uint8Array) => Promise<Recognition>;
}

/**
 * Loads the models (2 to 4 seconds). `recognize` finds the speech, cuts it into segments, decodes each, and
 * finds when its words were said. It blocks its thread while it works: run it in a process of its own.
 */
export async function loadSpeechModels(files: RecognizerFiles, threads: number): Promise<SpeechModels> {
  const voiceActivity = await openModel(files.voiceActivity, { threads });
  const moonshine = await loadMoonshine(files, threads);

  async function recognize(wav: Uint8Array): Promise<Recognition> {
    const samples = Float32Array.from(readWav(wav), (sample) => sample / 32_768);
    const probabilities = await speechProbabilities(voiceActivity, samples);
    const speech = speechSpans(probabilities);
    const wideband = resample(samples, TELEPHONE_RATE_HZ, MODEL_RATE_HZ);

    const segments: RecognizedSegment[] = [];
    for (const span of segmentsOf(speech, probabilities, samples.length / TELEPHONE_RATE_HZ)) {
      const first = Math.floor(span.startSeconds * MODEL_RATE_HZ);
      const end = Math.floor(span.endSeconds * MODEL_RATE_HZ);
      const decoded = await moonshine.decode(wideband.slice(first, end), speechSecondsIn(span, speech));
      const earliestSeconds = segments.at(-1)?.words.at(-1)?.endSeconds ?? 0;
      const words = placeWords(wordsOf(spokenTokens(decoded, span.startSeconds)), speech, earliestSeconds);
      if (words.length > 0) segments.push({ ...span, text: textOf(words), words });
    }
    const words = segments.flatMap((segment) => segment.words);
    return { text: textOf(words), language: 'en', words, segments };
  }

  return { recognize };
}

function spokenTokens(decoded: DecodedSpeech, startSeconds: number): SpokenToken[] {
  const ranges = alignTokens(decoded.attention, decoded.frames);
  return decoded.tokens.map((token, index) => {
    const { first, last } = ranges[index] ?? { first: 0, last: 0 };
    return {
      piece: tokenizer.vocabById[token] ?? '',
      startSeconds: startSeconds + first * FRAME_SECONDS,
      endSeconds: startSeconds + (last + 1) * FRAME_SECONDS,
      logProbability: decoded.logProbabilities[index] ?? 0,
    };
  });
}
