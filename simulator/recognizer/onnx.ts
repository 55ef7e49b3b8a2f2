import { readFile } from 'node:fs/promises';
import { env, InferenceSession, type Tensor } from 'onnxruntime-web';

/** Threads of the WebAssembly runtime, for all sessions of this process or worker. */
export function useThreads(count: number): void {
  env.wasm.numThreads = count;
}

export async function openModel(file: string, change = (model: Buffer) => model): Promise<InferenceSession> {
  const model = change(await readFile(file));
  return InferenceSession.create(model, { executionProviders: ['wasm'] });
}

export type Outputs = InferenceSession.OnnxValueMapType;

export function outputIn(outputs: Outputs, name: string): Tensor {
  const tensor = outputs[name];
  if (!tensor) throw new Error(`the model gave no ${name}`);
  return tensor;
}

export function floatsOf(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`the model gave ${tensor.type} where floats were expected`);
}
