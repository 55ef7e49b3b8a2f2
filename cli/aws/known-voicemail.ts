import { type FollowUp, followUpOf } from '../../src/domain/follow-up.ts';
import {
  LEDGER_STATES,
  type LedgerState,
  type ReadableMembers,
  readableMembers,
} from '../../src/domain/ledger-entry.ts';

import { wasDelivered } from '../../src/domain/ledger-indexes.ts';

/** A member is absent if this version cannot read it. */
type ShownMembers = Pick<
  ReadableMembers,
  | 'dueAtMs'
  | 'voicemail'
  | 'failureCode'
  | 'durationMs'
  | 'mailing'
  | 'isComplete'
  | 'recordedFrom'
  | 'levels'
  | 'deliveredAs'
  | 'deliveredId'
  | 'recipientName'
  | 'recipientArn'
  | 'followUps'
  | 'followUpVersion'
  | 'deliveryRound'
  | 'customerName'
  | 'notes'
  | 'linkRevokedAtMs'
  | 'taskEnd'
  | 'returnedAtMs'
  | 'heldUntil'
  | 'heldAtMs'
  | 'heldBy'
  | 'releasedAtMs'
  | 'releasedBy'
  | 'erasedAtMs'
  | 'erasedBy'
>;

/** A voicemail as the ledger has it, with all that it says of its life. */
export interface KnownVoicemail extends ShownMembers {
  /** How far it is since it was delivered; undefined if it was not. */
  readonly followUp?: FollowUp | undefined;
  /** No contact id, if `unreadable` names it. */
  readonly contactId: string;
  /** The names of the members that this version cannot read. */
  readonly unreadable: readonly string[];
  /** A name that this version may not know: see `isKnownState`. */
  readonly state: string;
  readonly attempts: number;
  /** When it came into a state, the last time. */
  readonly times: Readonly<Partial<Record<LedgerState, number>>>;
}

const LONGEST_NAME = 40;

/** What an entry has as the name of its state, or as its contact id, safe for a terminal. */
function shownName(name: unknown): string {
  return typeof name === 'string' ? name.replaceAll(/[^\w.-]+/g, '?').slice(0, LONGEST_NAME) || '?' : '?';
}

/** An item of the ledger's table, as far as this version can read it. */
export function known(item: Readonly<Record<string, unknown>>): KnownVoicemail {
  const { read, unreadable } = readableMembers(item);
  const { state, attempts = 0, ...entry } = read;
  const times = LEDGER_STATES.flatMap((name) => {
    const atMs = entry[`${name}AtMs`];
    return atMs === undefined ? [] : [[name, atMs] as const];
  });
  const contactId = entry.contactId ?? shownName(item['contactId']);
  const followUp = wasDelivered(entry) ? followUpOf(entry.followUps) : undefined;
  return {
    ...entry,
    followUp,
    contactId,
    unreadable,
    state: shownName(state),
    attempts,
    times: Object.fromEntries(times),
  };
}
