import { parseArgs } from 'node:util';
import { EXIT, UsageError, type Command, type Terminal } from '../command.ts';
import { jsonText } from '../terminal-text.ts';
import { COMMON_OPTIONS, COMMON_USAGE, contactIdIn } from '../voicemails/operations.ts';
import { type Beyond, beyondInWords, lookBeyond, NOT_REACHED } from './beyond.ts';
import { type Erased, eraseOne, type Wishes } from './erase-one.ts';
import { erasingOperations, type ErasingOperations } from './erasing-operations.ts';
import { findOfNumber, type OfNumber } from './find-of-number.ts';

const OPTIONS = {
  ...COMMON_OPTIONS,
  from: { type: 'string' },
  'whole-ledger': { type: 'boolean', default: false },
  'contact-data': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
} as const;

/** `vmx erase`: what a caller left is deleted, with all versions; only the fact stays. */
export function eraseCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'erase',
    summary: 'erase what a caller left, for the right to erasure',
    usage: `vmx erase CONTACT… | --from NUMBER [--whole-ledger] [--contact-data] [--yes] [options]

Shows what would be erased. With --yes, deletes recording, transcript and copies with all their versions, ends an
open task, deletes the transcription jobs, and takes number, name, words and attributes out of the ledger. The
entry stays as a fact: when the call was, and who erased it. This cannot be undone.

  CONTACT            a contact id
  --from NUMBER      all voicemails to be called back at this number, such as +15555550142
  --whole-ledger     with --from: read every entry, also those of versions before 0.7 that no index has yet
  --contact-data     also have Amazon Connect forget the number of the contact, and empty our attributes on it
  --yes              erase
${COMMON_USAGE}

What is held is not erased: release the hold first. What was on its way has to be erased again some minutes later,
and the command says so. It says, too, what it cannot reach.

Exit code: 0 done or shown, 1 held, not known, not finished, or refused by AWS, 2 not used as described here.`,
    async run(args, terminal) {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: OPTIONS,
        allowPositionals: true,
      });
      const { from, yes: isForReal, 'contact-data': withContactData } = values;
      if ((from === undefined) === (positionals.length === 0))
        throw new UsageError('which voicemails? Name contacts, or say --from NUMBER');
      if (values['whole-ledger'] && from === undefined)
        throw new UsageError('--whole-ledger is for --from NUMBER');
      const named = [...new Set(positionals.map(contactIdIn))];
      const on = await erasingOperations(values, wait);
      const search = from === undefined ? undefined : await findOfNumber(from, on, values['whole-ledger']);
      const contactIds = search?.contactIds ?? named;
      const texts = [...contactIds, ...(from === undefined ? [] : [from])];
      const report = await erase({ contactIds, texts, isForReal, withContactData }, on);
      if (values.json) terminal.out(jsonText(forMachines(report, search)));
      else tell({ ...report, search, isForReal }, terminal);
      const isAll = report.contacts.length > 0 && report.contacts.every(({ kind }) => DONE.has(kind));
      return isAll && !search?.unreadable.length ? EXIT.ok : EXIT.findings;
    },
  };
}

const DONE: ReadonlySet<Erased['kind']> = new Set(['erased', 'would-erase']);

interface Report {
  readonly contacts: readonly Erased[];
  readonly beyond: Beyond;
}

interface Wanted extends Wishes {
  readonly contactIds: readonly string[];
  /** What a record that could not be read may name. */
  readonly texts: readonly string[];
}

async function erase({ contactIds, texts, ...wishes }: Wanted, on: ErasingOperations): Promise<Report> {
  const contacts: Erased[] = [];
  for (const contactId of contactIds) contacts.push(await eraseOne(contactId, wishes, on));
  // What is held stays whole.
  const held = new Set(contacts.filter(({ kind }) => kind === 'held').map(({ contactId }) => contactId));
  const beyond = await lookBeyond(
    texts.filter((text) => !held.has(text)),
    on,
  );
  if (wishes.isForReal) await on.failures?.remove(beyond.failedRecords?.keys ?? []);
  return { contacts, beyond };
}

function forMachines({ contacts, beyond }: Report, search: OfNumber | undefined) {
  return {
    contacts,
    ...(search && { notReadable: search.unreadable }),
    failedRecords: beyond.failedRecords ?? null,
    deadLetters: beyond.deadLetters,
    notReached: NOT_REACHED,
  };
}

const HEADS: Readonly<Record<Erased['kind'], string>> = {
  erased: 'erased',
  'would-erase': 'would be erased',
  unfinished: 'erased, but not finished',
  held: 'not erased',
  unknown: 'not known here',
  refused: 'not erased',
};

function tell(
  {
    contacts,
    beyond,
    search,
    isForReal,
  }: Report & { readonly search: OfNumber | undefined; readonly isForReal: boolean },
  { out, err }: Terminal,
): void {
  if (search) err(search.how);
  for (const { contactId, kind, deleted, left, elsewhere } of contacts) {
    const lines = [
      `${contactId}: ${HEADS[kind]}`,
      ...deleted.map((one) => `  ${one}`),
      ...left.map((one) => `  NOT DONE: ${one}`),
      ...elsewhere.map((one) => `  stays: ${one}`),
    ];
    (DONE.has(kind) ? out : err)(lines.join('\n'));
  }
  out(['', ...beyondInWords(beyond, isForReal)].join('\n'));
  out(['', 'Not reached by this command:', ...NOT_REACHED.map((one) => `  ${one}`)].join('\n'));
  if (!isForReal) err('\nNothing was erased. To erase it permanently: the same with --yes');
}
