import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './shifted-date.ts';
import { shiftTimers } from './shifted-timers.ts';
import {
  type Call,
  functionErrorOf,
  type Question,
  type WakeUp,
  type WorkerMessage,
  type WorkerSettings,
} from './worker-messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

/** File endings in the order in which Lambda's Node.js runtime tries them. */
const ENDINGS = ['.js', '.mjs', '.cjs'];

/**
 * One execution environment: runs in a worker, imports the bundle, then runs its handler once per message.
 * It sends output to the simulator before the answer, so that no line of an invocation comes after its end.
 */
async function run(port: MessagePort, settings: WorkerSettings): Promise<void> {
  const tell = (message: WorkerMessage) => port.postMessage(message);
  captureOutput((text) => tell({ kind: 'output', text }));
  shiftDate(settings.offset);
  let running = 0;
  const { wake, state } = shiftTimers({
    isWorking: () => running > 0,
    onIdle: (untilMs) => tell({ kind: 'idle', untilMs }),
    onBusy: () => tell({ kind: 'busy' }),
  });

  let handler: Handler;
  try {
    handler = await importHandler(settings);
  } catch (error) {
    tell({ kind: 'init-failed', error: functionErrorOf(error) });
    return;
  }
  port.on('message', (message: Call | WakeUp | Question) => {
    if ('kind' in message) return message.kind === 'wake' ? wake() : tell({ kind: 'state', ...state() });
    running += 1;
    void answer(handler, message, settings)
      .finally(() => (running -= 1))
      .then(tell);
  });
  tell({ kind: 'ready' });
}

async function importHandler({ folder, handler }: WorkerSettings): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const file = join(folder, handler.slice(0, dot));
  const found = ENDINGS.map((ending) => file + ending).find((path) => existsSync(path));
  if (found === undefined) {
    throw namedError('Runtime.ImportModuleError', `Error: Cannot find module '${handler.slice(0, dot)}'`);
  }
  const bundle: Readonly<Record<string, unknown>> = await import(pathToFileURL(found).href);
  const exported = bundle[handler.slice(dot + 1)];
  if (isHandler(exported)) return exported;
  throw namedError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

async function answer(handler: Handler, call: Call, settings: WorkerSettings): Promise<WorkerMessage> {
  process.env['_X_AMZN_TRACE_ID'] = call.traceId;
  try {
    const value = await handler(JSON.parse(call.payload), contextOf(call, settings));
    // A function as a result has no JSON; Lambda answers null, as for undefined.
    return { kind: 'answer', payload: JSON.stringify(value) ?? 'null' };
  } catch (error) {
    return { kind: 'failed', error: functionErrorOf(error) };
  }
}

/** Source: Lambda developer guide, "Using the Lambda context object to retrieve Node.js function information". */
function contextOf(call: Call, settings: WorkerSettings) {
  const deadlineMs = performance.now() + call.timeoutMs;
  return {
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: call.invokedFunctionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: call.requestId,
    logGroupName: settings.logGroupName,
    logStreamName: settings.logStreamName,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(Math.floor(deadlineMs - performance.now()), 0),
  };
}

function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Replaces `write`, instead of reading the stream from outside, to keep lines and answers in order. */
function captureOutput(take: (text: string) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
      take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      const written = rest.at(-1);
      if (typeof written === 'function') queueMicrotask(() => written());
      return true;
    };
  }
}

if (parentPort) void run(parentPort, workerData);
