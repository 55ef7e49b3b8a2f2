import { ASSUMED } from './assumptions.ts';
import type { Mode } from './calls.ts';
import { reckonedDays } from './kept.ts';
import type { Use } from './line.ts';
import type { PriceName } from './prices.ts';
import type { StackFacts } from './stack-facts.ts';
import { media, transcription, type Volume, wavBytes } from './uses.ts';

/**
 * VMX 2024.09.01, the product in Python: what its templates make, on x86. Durations are estimates: the recorder sleeps
 * in steps of five seconds, the packager waits five and invokes the presigner.
 */
const RECORDER = { megabytes: 512, seconds: 6.5, invocations: 1 };
const TRANSCRIBER = { megabytes: 128, seconds: 1.5, invocations: 1 };
/** Transcribe's probe invokes it as well. */
const PACKAGER = { megabytes: 128, seconds: 5.8, invocations: 2 };
const PRESIGNER = { megabytes: 128, seconds: 1.5, invocations: 1 };

const WRITES = 3;
const READS = 5;
const EVENTS = 3;
const LOG_BYTES = 10_000;

/** What it costs every month: no alarms, one secret. */
export function pythonFixedUses(): readonly Use[] {
  return [{ part: 'fixed', what: 'key of the links', price: 'secretMonth', quantity: 1 }];
}

/** Kept as long as ours, and nowhere else: its own default is a week for recordings, and transcripts are never deleted. */
export function pythonVariableUses(
  stack: Pick<StackFacts, 'mode' | 'isAttached' | 'kept' | 'logRetentionDays' | 'ownKeys'>,
  volume: Volume,
): readonly Use[] {
  const { mode, isAttached, kept, logRetentionDays, ownKeys } = stack;
  const { voicemails, seconds, openings } = volume;
  const each = (what: string, price: PriceName, quantity: number): Use => ({
    part: 'variable',
    what,
    price,
    quantity: quantity * voicemails,
  });
  const functions = [RECORDER, TRANSCRIBER, PACKAGER];
  const signed = mode === 'guided_task' ? openings : 1;
  const time = functions.reduce((sum, one) => sum + gbSeconds(one), 0) + signed * gbSeconds(PRESIGNER);
  const days = ASSUMED.hoursPerMonth / 24;
  const objects =
    wavBytes(seconds) * reckonedDays(kept.recordings.days) +
    seconds * ASSUMED.transcriptBytesPerSecond * reckonedDays(kept.transcripts.days);
  return [
    ...transcription(volume),
    ...media(volume),
    each('requests', 'lambdaRequest', functions.reduce((sum, one) => sum + one.invocations, 0) + signed),
    each('time', 'lambdaGbSecondX86', time),
    each('writes', 's3Put', WRITES),
    each('reads', 's3Get', READS + openings),
    each('events of new objects', 'eventBridgeEvent', EVENTS),
    each('reads of the key of the links', 'secretCall', signed),
    each('logs', 'logsIn', LOG_BYTES / 1e9),
    each('logs that are kept', 'logsStorage', (LOG_BYTES * logRetentionDays) / days / 1e9),
    each('recordings and transcripts', 's3Storage', objects / days / 1e9),
    ...(ownKeys > 0 ? [each('requests of your own keys', 'kmsRequest', ASSUMED.kmsRequests)] : []),
    each('recordings that people hear', 'dataOut', (openings * wavBytes(seconds)) / 1e9),
    ...mails(mode, isAttached, each, seconds),
  ];
}

function mails(
  mode: Mode,
  isAttached: boolean,
  each: (what: string, price: PriceName, quantity: number) => Use,
  seconds: number,
): readonly Use[] {
  if (mode !== 'email') return [];
  const bytes = isAttached ? wavBytes(seconds) * ASSUMED.attachmentGrowth : 0;
  return [each('emails', 'sesMail', 1), each('recordings attached', 'sesAttachment', bytes / 1e9)];
}

function gbSeconds({ megabytes, seconds }: { readonly megabytes: number; readonly seconds: number }): number {
  return (megabytes / 1024) * seconds;
}
