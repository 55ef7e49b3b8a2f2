import { callerNumber } from './phone-number.ts';
import type { Voicemail } from './voicemail.ts';

/**
 * What the index of callers has for a voicemail: the number as `+15555550142`, in whatever form it came, or the text
 * that is no number. Undefined for a caller who cannot be named, and for a test voicemail.
 */
export function callerKeyOf({ from, isTest }: Pick<Voicemail, 'from' | 'isTest'>): string | undefined {
  if (isTest) return undefined;
  const caller = callerNumber(from);
  if (caller.kind === 'withheld') return undefined;
  return caller.kind === 'number' ? caller.e164 : caller.readable.slice(0, LONGEST_KEY_CHARS);
}

/** DynamoDB allows 2,048 bytes for the key of a partition. */
const LONGEST_KEY_CHARS = 250;
