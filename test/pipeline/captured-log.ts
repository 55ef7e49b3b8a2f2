import { createLog, type Log } from '../../src/log.ts';

/** The log as functions write it, into a list instead of to the console. */
export function capturedLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (...args: readonly unknown[]) => void lines.push(args.join(' '));
  // Without this, Powertools writes to the streams of the process itself.
  process.env['POWERTOOLS_DEV'] = 'true';
  Object.assign(console, { info: write, warn: write, error: write });
  return { log: createLog('0.0.0'), lines };
}
