import { floatsOf, type Model, outputIn, Tensor } from './onnx.ts';

const RATE_HZ = 8000;
/** 32 ms. */
const FRAME_SAMPLES = 256;
/** The end of the frame before, which the model wants to see again. */
const CONTEXT_SAMPLES = 32;
const STATE_SHAPE = [2, 1, 128];
const STATE_SIZE = 256;

/**
 * How likely somebody speaks, 0 to 1, every 32 ms.
 *
 * `samples` are at 8 kHz, from -1 to 1; the last frame is filled up with silence.
 *
 * Source: Silero VAD, version 5, its ONNX wrapper: 256 samples with 32 of context
 * at 8 kHz, the state handed from frame to frame.
 */
export async function speechProbabilities(model: Model, samples: Float32Array): Promise<number[]> {
  const rate = new Tensor('int64', BigInt64Array.of(BigInt(RATE_HZ)), []);
  let state = new Tensor('float32', new Float32Array(STATE_SIZE), STATE_SHAPE);
  let context = new Float32Array(CONTEXT_SAMPLES);
  const probabilities: number[] = [];
  for (let start = 0; start < samples.length; start += FRAME_SAMPLES) {
    const frame = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
    frame.set(context);
    frame.set(samples.subarray(start, start + FRAME_SAMPLES), CONTEXT_SAMPLES);
    const outputs = await model.run({
      input: new Tensor('float32', frame, [1, frame.length]),
      state,
      sr: rate,
    });
    state = new Tensor('float32', floatsOf(outputIn(outputs, 'stateN')), STATE_SHAPE);
    probabilities.push(floatsOf(outputIn(outputs, 'output'))[0] ?? 0);
    context = frame.slice(-CONTEXT_SAMPLES);
  }
  return probabilities;
}
