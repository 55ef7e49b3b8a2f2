import {
  isOfLaterVersion,
  LEDGER_SCHEMA_VERSION,
  type LedgerEntry,
  parseLedgerEntry,
} from '../../src/domain/ledger-entry.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { callerKeyOf } from '../../src/domain/caller-key.ts';
import { inboxKeysOf } from '../../src/domain/ledger-indexes.ts';
import type { IndexMembers, LedgerKeys } from '../aws/ledger-keys.ts';
import { type Terminal, EXIT } from '../command.ts';
import { counted } from '../doctor/counted.ts';

/** How many entries are written at the same time. */
const AT_ONCE = 8;

type Item = Readonly<Record<string, unknown>>;
type Outcome = 'filled' | 'complete' | 'changed' | 'later' | 'unreadable';

/**
 * Sets the keys of the ledger's indexes in entries of earlier versions. A member that is there stays, and so does an
 * entry of a later version. It can be run again at any time: what is filled is not read again. Returns the exit code.
 */
export async function reindexLedger(keys: LedgerKeys, terminal: Terminal): Promise<number> {
  const counts: Record<Outcome, number> = { filled: 0, complete: 0, changed: 0, later: 0, unreadable: 0 };
  let looked = 0;
  for await (const items of keys.lacking()) {
    for (let from = 0; from < items.length; from += AT_ONCE) {
      const some = items.slice(from, from + AT_ONCE);
      for (const outcome of await Promise.all(some.map((item) => filled(item, keys)))) counts[outcome] += 1;
    }
    looked += items.length;
    if (items.length > 0) terminal.out(`  looked at ${looked}, filled ${counts.filled} …`);
  }
  terminal.out(
    `${counted(counts.filled, 'entry', 'entries')} of the ledger filled. They are found by caller and by inbox now.`,
  );
  if (counts.later > 0) terminal.out(`Left alone, of a later version: ${counts.later}.`);
  if (counts.changed > 0) {
    terminal.out(`Changed meanwhile: ${counts.changed}. Run npx vmx reindex once more for these.`);
  }
  if (counts.unreadable === 0) return EXIT.ok;
  terminal.err(
    `Not read: ${counts.unreadable}. npx vmx list --state all shows them, and they are not found by caller or inbox.`,
  );
  return EXIT.findings;
}

async function filled(item: Item, { fill }: LedgerKeys): Promise<Outcome> {
  const entry = entryIn(item);
  if (typeof entry === 'string') return entry;
  const missing = Object.entries(membersOf(entry)).filter(([name]) => item[name] === undefined);
  if (missing.length === 0) return 'complete';
  return (await fill(item, Object.fromEntries(missing))) ? 'filled' : 'changed';
}

function entryIn(item: Item): LedgerEntry | 'later' | 'unreadable' {
  const { schemaVersion } = item;
  if (isOfLaterVersion(item)) return 'later';
  if (typeof schemaVersion === 'number' && schemaVersion > LEDGER_SCHEMA_VERSION) return 'later';
  try {
    return parseLedgerEntry(item);
  } catch (error) {
    if (error instanceof PermanentError) return 'unreadable';
    throw error;
  }
}

function membersOf(entry: LedgerEntry): IndexMembers {
  const caller = callerKeyOf(entry.voicemail);
  return {
    ...(caller !== undefined && { caller, callEndedAtMs: entry.voicemail.endedAtMs }),
    ...inboxKeysOf(entry),
  };
}
