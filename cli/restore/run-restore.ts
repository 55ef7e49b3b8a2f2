import type { CopiedEntry, LedgerCopy } from '../aws/ledger-copy.ts';
import { EXIT, type Terminal } from '../command.ts';
import { counted } from '../doctor/counted.ts';

export interface RestoreWish {
  /** The table that was restored. */
  readonly table: string;
  /** False: it is only said what would be done. */
  readonly isAgreed: boolean;
  /** Bring back entries of voicemails that were on their way, too. */
  readonly withOpen: boolean;
}

const MOST_NAMED = 50;

/**
 * Adds entries to the ledger that it does not have. What it has is newer and stays; what is past its age stays away.
 * Throws RefusedError, in words.
 */
export async function runRestore(
  { table, isAgreed, withOpen }: RestoreWish,
  { copy, terminal, now }: { copy: LedgerCopy; terminal: Terminal; now: () => number },
): Promise<number> {
  const counts = { known: 0, tooOld: 0, added: 0, held: 0 };
  const open: string[] = [];
  const isTooOld = ({ expiresAt }: CopiedEntry) => expiresAt * 1000 <= now();
  for await (const entry of copy.entries()) {
    if (isTooOld(entry)) counts.tooOld += 1;
    else if (!entry.isAtEnd && !withOpen) {
      if (!(await copy.isKnown(entry.contactId))) open.push(entry.contactId);
      else counts.known += 1;
    } else if (isAgreed ? await copy.add(entry) : !(await copy.isKnown(entry.contactId))) {
      counts.added += 1;
      if (entry.isHeld) counts.held += 1;
    } else counts.known += 1;
  }
  terminal.out(
    [
      `${table}: ${isAgreed ? 'brought back' : 'would bring back'} ${counted(counts.added, 'entry', 'entries')}.`,
      `  left alone: ${counts.known} that the ledger has, ${counts.tooOld} past their age`,
      ...(counts.held === 0
        ? []
        : [`  ${counts.held} of them held: as at that time, also if the hold has ended since`]),
      ...openInWords(open),
      ...(isAgreed ? [] : ['Nothing was changed. To do it, say --yes.']),
    ].join('\n'),
  );
  return EXIT.ok;
}

function openInWords(open: readonly string[]): readonly string[] {
  if (open.length === 0) return [];
  const more = open.length - MOST_NAMED;
  return [
    `  ${counted(open.length, 'voicemail')} on the way at that time, and not known now. Whether they were delivered since is`,
    '  not known either. Look for their tasks and mails; --with-open brings them back, to be delivered:',
    ...open.slice(0, MOST_NAMED).map((contactId) => `    ${contactId}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}
