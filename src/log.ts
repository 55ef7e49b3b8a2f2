import { Logger } from '@aws-lambda-powertools/logger';
import { cleanText, oneLine } from './domain/clean-text.ts';
import { LOG_LEVELS, type LogLevel } from './domain/log-level.ts';

/**
 * One JSON object per line, as Powertools writes it.
 *
 * The message is a constant, so that it can be searched and counted; what varies
 * is a field. Numbers, names, transcripts, links, attributes and whole events are
 * never logged: `contactId` is all that is needed to find them.
 */
export interface Log {
  readonly debug: (message: string, fields?: Fields) => void;
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
  readonly error: (message: string, fields?: Fields) => void;
}

interface Fields {
  readonly contactId?: string | undefined;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

/**
 * `version`: the version of Voicemail Express, a field of every line. `level`: the least that is written. Lambda would
 * drop metrics with the lines below a level of its own, so it gets no level but `debug`, and the rest is left out here.
 */
export function createLog(version: string, level: LogLevel = 'info'): Log {
  const logger = new Logger({ persistentKeys: { version }, logLevel: level === 'debug' ? 'DEBUG' : 'INFO' });
  const at = (own: LogLevel): Log[LogLevel] =>
    LOG_LEVELS.indexOf(own) < LOG_LEVELS.indexOf(level)
      ? () => {}
      : (message, fields) => logger[own](message, described(fields));
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Logs once, when a function starts, the default zone for times, and the version of its time zone data:
 * `2026c`. Warns if it does not know the configured zone.
 */
export function logTimeZone(
  log: Pick<Log, 'info' | 'warn'>,
  { configured, used }: { configured: string; used: string },
): void {
  const fields = { timeZone: used, timeZoneData: process.versions['tz'] };
  if (used === configured) log.info('time zone data', fields);
  else log.warn('the configured time zone is not one that this function knows', { ...fields, configured });
}

/** Errors by name, code, message and stack, without the objects that SDK errors contain. */
function described({ error, ...fields }: Fields = {}) {
  const shown = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cleaned(value)]));
  return error === undefined ? shown : { ...shown, failure: describeError(error) };
}

/** Names in fields come from others too: those of a template's variables, or of a time zone. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return oneLine(value);
  return Array.isArray(value) ? value.map(cleaned) : value;
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    ...('code' in error && { code: error.code }),
    message: oneLine(error.message),
    stack: error.stack === undefined ? undefined : cleanText(error.stack),
    // By name only: AWS's messages can repeat what was sent.
    ...(error.cause instanceof Error && { cause: error.cause.name }),
  };
}
