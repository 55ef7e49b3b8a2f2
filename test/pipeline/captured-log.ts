import { createLog, type Log } from '../../src/log.ts';

/** The functions' log, in a list instead of on the console. */
export function capturedLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (...args: readonly unknown[]) => void lines.push(args.join(' '));
  // Without this, Powertools writes to the streams of the process itself.
  process.env['POWERTOOLS_DEV'] = 'true';
  Object.assign(console, { info: write, warn: write, error: write });
  return { log: createLog('0.0.0'), lines };
}
