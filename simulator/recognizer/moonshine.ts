import { exposeOutputs } from './expose-outputs.ts';
import { floatsOf, type Model, type OnnxTensor, openModel, type Outputs, outputIn, Tensor } from './onnx.ts';
import { repeatedAtEnd } from './repetition.ts';

/** Moonshine base. Source: Jeffries et al., "Moonshine: Speech Recognition for Live Transcription" (2024). */
export const MODEL_RATE_HZ = 16_000;
/** The encoder makes one frame of 384 samples. */
export const FRAME_SECONDS = 384 / MODEL_RATE_HZ;
const HEADS = 8;
const HEAD_SIZE = 52;
const START_TOKEN = 1;
const END_TOKEN = 2;

/** Cross-attention heads that follow time, as layer and head; found by measuring against known word times. */
const TIME_HEADS = [
  { attention: attentionOf(1), head: 0 },
  { attention: attentionOf(4), head: 6 },
] as const;
const ATTENTIONS = TIME_HEADS.map(({ attention }) => attention);

/** Nobody says more than this; a model that writes more repeats itself. */
const MOST_TOKENS_PER_SECOND = 6.5;
/**
 * Least number of tokens per second of speech. When somebody spells out digits, the model often answers
 * "nothing was said", although the voice activity detector found speech.
 */
const LEAST_TOKENS_PER_SECOND = 0.8;
const LEAST_TOKENS = 2;

export interface Moonshine {
  /**
   * What is said in one segment. `samples` are at 16 kHz, from -1 to 1;
   * `speechSeconds` is how much of it is speech.
   */
  readonly decode: (samples: Float32Array, speechSeconds: number) => Promise<DecodedSpeech>;
}

export interface DecodedSpeech {
  /** Numbers in the vocabulary, without start and end. */
  readonly tokens: readonly number[];
  /** Natural logarithm of each token's probability. */
  readonly logProbabilities: readonly number[];
  /** By token, then by head: how much attention it gave to each frame. */
  readonly attention: readonly (readonly Float32Array[])[];
  /** Encoder frames in the segment, of 24 ms. */
  readonly frames: number;
}

export async function loadMoonshine(
  files: { encoder: string; decoder: string },
  threads: number,
): Promise<Moonshine> {
  const encoder = await openModel(files.encoder, { threads });
  const decoder = await openModel(files.decoder, { threads, change: withAttentions });
  const [inputName = ''] = encoder.inputNames;

  return {
    async decode(samples, speechSeconds) {
      const sound = new Tensor('float32', samples, [1, samples.length]);
      const encoded = outputIn(await encoder.run({ [inputName]: sound }), 'last_hidden_state');
      return decodeGreedily(decoder, encoded, {
        fewest: Math.max(LEAST_TOKENS, Math.floor(speechSeconds * LEAST_TOKENS_PER_SECOND)),
        most: Math.ceil((samples.length / MODEL_RATE_HZ) * MOST_TOKENS_PER_SECOND) + 6,
      });
    },
  };
}

function withAttentions(decoder: Buffer): Buffer {
  return exposeOutputs(decoder, ATTENTIONS);
}

/** The likeliest token each time, until the model says that it is done. */
async function decodeGreedily(
  decoder: Model,
  encoded: OnnxTensor,
  { fewest, most }: { fewest: number; most: number },
): Promise<DecodedSpeech> {
  const frames = encoded.dims[1] ?? 0;
  const tokens: number[] = [];
  const logProbabilities: number[] = [];
  const attention: Float32Array[][] = [];
  const memory = createMemory(decoder);

  for (let step = 0; step <= most; step += 1) {
    const outputs = await decoder.run(
      {
        input_ids: new Tensor('int64', BigInt64Array.of(BigInt(tokens.at(-1) ?? START_TOKEN)), [1, 1]),
        encoder_hidden_states: encoded,
        ...memory.inputs(),
        use_cache_branch: new Tensor('bool', [step > 0], [1]),
      },
      ['logits', ...memory.outputNames(step), ...ATTENTIONS],
    );
    memory.keep(outputs, step);
    attention.push(TIME_HEADS.map((at) => attentionRow(outputs, at, frames)));
    const { token, logProbability } = likeliest(floatsOf(outputIn(outputs, 'logits')), {
      mayEnd: tokens.length >= fewest,
    });
    if (token === END_TOKEN) break;
    tokens.push(token);
    logProbabilities.push(logProbability);
    const repeated = repeatedAtEnd(tokens);
    if (repeated === 0) continue;
    tokens.length -= repeated;
    logProbabilities.length = tokens.length;
    break;
  }
  // A token's sound is attended to by the step that reads it, which is the one after it was said.
  const lastStep = attention.length - 1;
  const readBy = tokens.map((_, index) => attention[Math.min(index + 1, lastStep)] ?? []);
  return { tokens, logProbabilities, attention: readBy, frames };
}

/**
 * Keys and values of the steps before, so that a step costs no more than one
 * token. Those of the encoder are made by the first step and never change.
 */
function createMemory(decoder: Model) {
  const names = decoder.inputNames.filter((name) => name.startsWith('past_key_values'));
  const held = new Map<string, OnnxTensor>();
  for (const name of names)
    held.set(name, new Tensor('float32', new Float32Array(), [1, HEADS, 0, HEAD_SIZE]));
  const changing = (step: number) => names.filter((name) => step === 0 || name.includes('decoder'));

  return {
    inputs: () => Object.fromEntries(held),
    outputNames: (step: number) => changing(step).map(presentOf),
    keep(outputs: Outputs, step: number) {
      for (const name of changing(step)) held.set(name, outputIn(outputs, presentOf(name)));
    },
  };
}

/** The output that becomes the next step's input of that name. */
function presentOf(pastName: string): string {
  return pastName.replace('past_key_values', 'present');
}

function likeliest(logits: Float32Array, { mayEnd }: { mayEnd: boolean }) {
  if (!mayEnd) logits[END_TOKEN] = -Infinity;
  let token = 0;
  let most = -Infinity;
  for (const [candidate, logit] of logits.entries()) {
    if (logit <= most) continue;
    most = logit;
    token = candidate;
  }
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return { token, logProbability: -Math.log(sum) };
}

function attentionRow(
  outputs: Outputs,
  { attention, head }: { attention: string; head: number },
  frames: number,
): Float32Array {
  return floatsOf(outputIn(outputs, attention)).slice(head * frames, (head + 1) * frames);
}

function attentionOf(layer: number): string {
  return `/model/decoder/layers.${layer}/encoder_attn/Softmax_output_0`;
}
