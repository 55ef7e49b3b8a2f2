import { readFile } from 'node:fs/promises';
import type * as Web from 'onnxruntime-web';

type Sessions = Pick<Web.InferenceSessionFactory, 'create'>;

/** What we use of ONNX Runtime, in either of its forms. */
interface Runtime {
  readonly InferenceSession: Sessions;
  readonly Tensor: typeof Web.Tensor;
  readonly sessionOptions: (threads: number) => Web.InferenceSession.SessionOptions;
}

/** Why code for the machine itself is not there: not installed, none for this system, or not for its C library. */
const NOT_HERE = new Set<unknown>(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED']);

/**
 * ONNX Runtime as code for the machine itself, which takes a third of the CPU and half of the memory; where there is
 * none, as WebAssembly. Numbers are rounded differently, so that the two may write a text differently: `555-0178` or
 * `five, five, five, zero, one, seven, eight`.
 */
async function loadRuntime(): Promise<Runtime> {
  try {
    return await nativeRuntime();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NOT_HERE.has(error.code))) throw error;
    return await wasmRuntime();
  }
}

async function nativeRuntime(): Promise<Runtime> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  return { InferenceSession, Tensor, sessionOptions: nativeOptions };
}

function nativeOptions(intraOpNumThreads: number) {
  return { executionProviders: ['cpu'], intraOpNumThreads };
}

async function wasmRuntime(): Promise<Runtime> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web');
  const sessionOptions = (threads: number) => {
    // Of all sessions of this process.
    env.wasm.numThreads = threads;
    return { executionProviders: ['wasm'] };
  };
  return { InferenceSession, Tensor, sessionOptions };
}

const { InferenceSession, Tensor, sessionOptions } = await loadRuntime();

export { Tensor };
export type OnnxTensor = Web.Tensor;
export type Model = Web.InferenceSession;
export type Outputs = Web.InferenceSession.OnnxValueMapType;

export interface OpenOptions {
  readonly threads: number;
  /** What the file's bytes are changed to. */
  readonly change?: (model: Buffer) => Buffer;
}

export async function openModel(file: string, { threads, change }: OpenOptions): Promise<Model> {
  if (!change) return InferenceSession.create(file, sessionOptions(threads));
  const read = await readFile(file);
  const model = change(read);
  const session = await InferenceSession.create(model, sessionOptions(threads));
  for (const bytes of [read, model]) free(bytes);
  return session;
}

/** The session has its own copy. Left to the garbage collector, they stay for as long as nothing else is made. */
function free({ buffer, byteLength }: Buffer): void {
  // Small buffers are pieces of a block that others use.
  const isWhole = buffer.byteLength === byteLength;
  if (isWhole && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

export function outputIn(outputs: Outputs, name: string): OnnxTensor {
  const tensor = outputs[name];
  if (!tensor) throw new Error(`the model gave no ${name}`);
  return tensor;
}

export function floatsOf(tensor: OnnxTensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`the model gave ${tensor.type} where floats were expected`);
}
