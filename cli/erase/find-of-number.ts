import { callerKeyOf } from '../../src/domain/caller-key.ts';
import { e164Of } from '../../src/domain/phone-number.ts';
import { UsageError } from '../command.ts';
import { counted } from '../doctor/counted.ts';
import type { Operations } from '../voicemails/operations.ts';

/** The voicemails of a number. */
export interface OfNumber {
  readonly contactIds: readonly string[];
  /** How it was searched, and what that cannot find. */
  readonly how: string;
  /** Entries of which this version cannot tell who called. */
  readonly unreadable: readonly string[];
}

const EVERY_STATE = { isAll: true, isOpen: true, names: [] } as const;

/** Throws UsageError, or RefusedError in words. */
export async function findOfNumber(
  number: string,
  { ledger }: Operations,
  isWhole: boolean,
): Promise<OfNumber> {
  if (!/^\+[1-9]\d{1,14}$/.test(number))
    throw new UsageError('--from takes a number in the form of E.164, such as +15555550142');
  if (isWhole) return await inWholeLedger(number, { ledger });
  const contactIds = await ledger.inbox.ofCaller(callerKeyOf({ from: number }) ?? number, Infinity);
  return {
    contactIds,
    unreadable: [],
    how: `${counted(contactIds.length, 'voicemail', 'voicemails')} of this number in the index of callers. Entries of versions before 0.7 are in it once vmx reindex has run; --whole-ledger reads every entry instead.`,
  };
}

async function inWholeLedger(number: string, { ledger }: Pick<Operations, 'ledger'>): Promise<OfNumber> {
  const { found, read } = await ledger.list(EVERY_STATE, 0);
  const contactIds = found
    .filter(({ voicemail }) => e164Of(voicemail?.from) === number)
    .map(({ contactId }) => contactId);
  const unreadable = found
    .filter(({ voicemail }) => voicemail === undefined)
    .map(({ contactId }) => contactId);
  const lacking =
    unreadable.length === 0
      ? ''
      : ` ${counted(unreadable.length, 'entry', 'entries')} cannot be read by this version, so that nobody knows who called: ${unreadable.join(' ')}`;
  return {
    contactIds,
    unreadable,
    how: `The whole ledger was read, ${counted(read, 'entry', 'entries')}: ${contactIds.length} of this number.${lacking}`,
  };
}
