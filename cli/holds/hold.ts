import { parseArgs } from 'node:util';
import { isHeld } from '../../src/domain/ledger-entry.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import { e164Of } from '../../src/domain/phone-number.ts';
import { USUAL_DAYS } from '../archive/restore-recording.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { EXIT, UsageError, type Command } from '../command.ts';
import { counted } from '../doctor/counted.ts';
import { jsonText } from '../terminal-text.ts';
import {
  COMMON_OPTIONS,
  COMMON_USAGE,
  contactIdIn,
  type Operations,
  operations,
  timeInWords,
} from '../voicemails/operations.ts';

/** `vmx hold`: nothing of a voicemail is deleted until it is released. */
export function holdCommand(wait: (ms: number) => Promise<void>): Command {
  return holdingCommand(wait, {
    name: 'hold',
    summary: 'keep voicemails until they are released, whatever the retention says',
    usage: `The recording and the transcript are copied to where nothing is deleted by its age, and the ledger keeps
the entry. Who holds it, and since when, is in the ledger. A transcript that comes later is not copied
by itself: hold the voicemail again then. What is archived is restored first, which takes hours: hold it again
then, too. vmx uninstall --delete-data deletes nothing that is held.`,
    apply: hold,
  });
}

/** `vmx release-hold`: takes a hold back. */
export function releaseHoldCommand(wait: (ms: number) => Promise<void>): Command {
  return holdingCommand(wait, {
    name: 'release-hold',
    summary: 'end a hold, so that voicemails are deleted at the end of the retention',
    usage: `The copies are deleted, and recording, transcript and entry are deleted when the retention says, or soon if
that is over. For seven days the copies can be brought back as earlier versions.`,
    apply: release,
  });
}

interface Outcome {
  readonly contactId: string;
  /** Whether it is as it should be. */
  readonly isDone: boolean;
  readonly words: string;
}

interface Holding {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly apply: (voicemail: KnownVoicemail, on: Operations) => Promise<Omit<Outcome, 'contactId'>>;
}

const EVERY_STATE = { isAll: true, isOpen: true, names: [] } as const;

function holdingCommand(
  wait: (ms: number) => Promise<void>,
  { name, summary, usage, apply }: Holding,
): Command {
  return {
    name,
    summary,
    usage: `vmx ${name} CONTACT… | --from NUMBER [options]

${usage}

  CONTACT            a contact id
  --from NUMBER      all voicemails to be called back at this number, such as +15555550142. This reads the
                     whole ledger, and says how many entries; those that this version cannot read are named,
                     as they may have the number
${COMMON_USAGE}

Exit code: 0 done, 1 not known here, something is missing, or refused by AWS, 2 not used as described here.`,
    async run(args, terminal) {
      const options = { ...COMMON_OPTIONS, from: { type: 'string' } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const { from } = values;
      if ((from === undefined) === (positionals.length === 0))
        throw new UsageError('which voicemails? Name contacts, or say --from NUMBER');
      const contactIds = [...new Set(positionals.map(contactIdIn))];
      const on = await operations(values, wait);
      const search = from === undefined ? undefined : await searchFor(from, on);
      const wanted = search?.found ?? contactIds;
      if (search) terminal.err(inWords(search));
      const outcomes: Outcome[] = [];
      for (const contactId of wanted) outcomes.push(await outcomeOf(contactId, on, apply));
      if (values.json) {
        const read = search && { entriesRead: search.read, notReadable: search.unreadable };
        terminal.out(jsonText({ contacts: outcomes.map(forMachines), ...read }));
      } else
        for (const { contactId, isDone, words } of outcomes)
          terminal[isDone ? 'out' : 'err'](`${contactId}: ${words}`);
      const isAll = outcomes.length > 0 && outcomes.every(({ isDone }) => isDone);
      return isAll && !search?.unreadable.length ? EXIT.ok : EXIT.findings;
    },
  };
}

/** What the ledger has from a number. */
interface Search {
  readonly found: readonly string[];
  /** How many entries were read: the index of callers lacks those that cannot be read. */
  readonly read: number;
  /** Those of which this version cannot tell who called. */
  readonly unreadable: readonly string[];
}

async function searchFor(number: string, { ledger }: Operations): Promise<Search> {
  if (!/^\+[1-9]\d{1,14}$/.test(number))
    throw new UsageError('--from takes a number in the form of E.164, such as +15555550142');
  const { found: entries, read } = await ledger.list(EVERY_STATE, 0);
  return {
    found: ids(entries.filter(({ voicemail }) => e164Of(voicemail?.from) === number)),
    read,
    unreadable: ids(entries.filter(({ voicemail }) => voicemail === undefined)),
  };
}

function ids(some: readonly KnownVoicemail[]): readonly string[] {
  return some.map(({ contactId }) => contactId);
}

function inWords({ found, read, unreadable }: Search): string {
  return [
    `The whole ledger was read, ${counted(read, 'entry', 'entries')}: ${found.length} from this number.`,
    ...(unreadable.length === 0
      ? []
      : [
          `${counted(unreadable.length, 'entry', 'entries')} cannot be read by this version, so that nobody knows who called. Look at each with vmx show, and name those that are meant: ${unreadable.join(' ')}`,
        ]),
  ].join('\n');
}

async function outcomeOf(contactId: string, on: Operations, apply: Holding['apply']): Promise<Outcome> {
  const voicemail = await on.ledger.find(contactId);
  if (!voicemail) return { contactId, isDone: false, words: 'the ledger does not know it' };
  return { contactId, ...(await apply(voicemail, on)) };
}

const forMachines = ({ contactId, isDone, words }: Outcome) => ({ contactId, isDone, result: words });

/** The ledger first: what is copied after that is never without an entry that says so. */
async function hold(known: KnownVoicemail, on: Operations) {
  const { contactId, voicemail, heldAtMs, heldUntil, erasedAtMs } = known;
  if (erasedAtMs !== undefined)
    return { isDone: false, words: `it was erased, ${timeInWords(erasedAtMs)}: there is nothing to hold` };
  if (!voicemail) return { isDone: false, words: 'its entry cannot be read by this version' };
  if (!(await on.ledger.hold(contactId, await on.callerArn())))
    return { isDone: false, words: 'its entry is gone' };
  const keys = keysOf(voicemail);
  const { recording, transcript } = await on.held.keep(keys);
  const since = isHeld({ heldUntil }) ? `, since ${timeInWords(heldAtMs)}` : '';
  const asked = [
    ...(recording === 'archived' ? [await askedFor('recordings', keys.recordingKey, on)] : []),
    ...(transcript === 'archived' ? [await askedFor('transcripts', keys.transcriptKey, on)] : []),
  ];
  const missing = [
    ...(recording === 'missing' ? ['recording'] : []),
    ...(transcript === 'missing' ? ['transcript'] : []),
  ];
  if (missing.length + asked.length === 0) return { isDone: true, words: `held${since}` };
  const again = transcript === 'missing' ? ': hold it again when there is one' : '';
  const lacking = missing.length > 0 ? [`there is no ${missing.join(' and no ')} to copy${again}`] : [];
  return { isDone: false, words: [`held${since}`, ...lacking, ...asked].join('; ') };
}

/** What is archived cannot be copied before it is restored, and the retention deletes it at its time. */
async function askedFor(of: 'recordings' | 'transcripts', key: string, on: Operations): Promise<string> {
  const restored = await on.archived.restore({ of, key }, { days: USUAL_DAYS, tier: 'standard' });
  const takes = restored.kind === 'asked' ? `, which takes ${restored.takes}` : '';
  return `its ${of.slice(0, -1)} is archived, and being restored${takes}: hold it again then. Until it is copied, the retention can delete it`;
}

/** The copies first: what is released has none. */
async function release({ contactId, voicemail, heldUntil }: KnownVoicemail, on: Operations) {
  if (!isHeld({ heldUntil })) return { isDone: true, words: 'nobody holds it' };
  if (!voicemail) return { isDone: false, words: 'its entry cannot be read by this version' };
  await on.held.discard(keysOf(voicemail));
  const isDone = await on.ledger.release(contactId, await on.callerArn());
  return { isDone, words: isDone ? 'released: the retention counts again' : 'its entry is gone' };
}
