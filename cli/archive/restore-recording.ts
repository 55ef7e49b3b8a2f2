import { parseArgs } from 'node:util';
import { keysOf } from '../../src/domain/object-keys.ts';
import { type Restored, type TierName, TIERS } from '../aws/archived-objects.ts';
import { EXIT, UsageError, type Command } from '../command.ts';
import { jsonText } from '../terminal-text.ts';
import {
  COMMON_OPTIONS,
  COMMON_USAGE,
  contactIdIn,
  type Operations,
  operations,
} from '../voicemails/operations.ts';

/** For how long an archived recording plays, if nobody says otherwise. */
export const USUAL_DAYS = 7;
const MOST_DAYS = 365;

/** `vmx restore-recording`: asks for archived recordings, so that they play again for some days. */
export function restoreRecordingCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'restore-recording',
    summary: 'have archived recordings restored, so that they play again for some days',
    usage: `vmx restore-recording CONTACT… [--days N] [--tier standard|bulk|expedited] [options]

Asks Amazon S3 for the recording and the transcript, where they were archived to Flexible Retrieval or Deep
Archive. That takes hours; npx vmx show CONTACT says when they are there. Then links and the guide play the
recording. After the days they are in the archive alone again. Asked again, they stay for longer.

  CONTACT            a contact id
  --days N           for how many days, 1 to ${MOST_DAYS} (default: ${USUAL_DAYS})
  --tier TIER        standard: 3 to 5 hours, of Deep Archive 12. bulk: cheaper, 12 hours, of Deep Archive 48.
                     expedited: minutes, dearer, and not of Deep Archive (default: standard)
${COMMON_USAGE}

Exit code: 0 asked for or there, 1 not known here or refused by AWS, 2 not used as described here.`,
    async run(args, terminal) {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: { ...COMMON_OPTIONS, days: { type: 'string' }, tier: { type: 'string' } },
        allowPositionals: true,
      });
      if (positionals.length === 0) throw new UsageError('which contact?');
      const contactIds = [...new Set(positionals.map(contactIdIn))];
      const wishes = { days: daysIn(values.days), tier: tierIn(values.tier) };
      const on = await operations(values, wait);
      const outcomes: Outcome[] = [];
      for (const contactId of contactIds) outcomes.push(await restoreOne(contactId, wishes, on));
      if (values.json) terminal.out(jsonText({ contacts: outcomes.map(forMachines) }));
      else
        for (const { contactId, isDone, words } of outcomes)
          terminal[isDone ? 'out' : 'err'](`${contactId}: ${words}`);
      return outcomes.every(({ isDone }) => isDone) ? EXIT.ok : EXIT.findings;
    },
  };
}

interface Outcome {
  readonly contactId: string;
  readonly isDone: boolean;
  readonly words: string;
}

interface Wishes {
  readonly days: number;
  readonly tier: TierName;
}

async function restoreOne(contactId: string, wishes: Wishes, on: Operations): Promise<Outcome> {
  const known = await on.ledger.find(contactId);
  const keys = known?.voicemail ? keysOf(known.voicemail) : (await on.objects.findRecording(contactId))?.keys;
  if (!keys)
    return { contactId, isDone: false, words: 'nothing is known of it: it was no voicemail, or is deleted' };
  const recording = await on.archived.restore({ of: 'recordings', key: keys.recordingKey }, wishes);
  const transcript = await on.archived.restore({ of: 'transcripts', key: keys.transcriptKey }, wishes);
  const words = `${inWords('recording', recording, wishes)}${ofTranscript(transcript, wishes)}`;
  return { contactId, isDone: recording.kind !== 'gone', words };
}

function ofTranscript(transcript: Restored, wishes: Wishes): string {
  // Usually it is too small to be archived.
  const isUsual = transcript.kind === 'readable' || transcript.kind === 'gone';
  return isUsual ? '' : `; ${inWords('transcript', transcript, wishes)}`;
}

function inWords(what: string, restored: Restored, { days }: Wishes): string {
  const forDays = days === 1 ? 'a day' : `${days} days`;
  switch (restored.kind) {
    case 'asked':
      return `the ${what} is being restored, which takes ${restored.takes}; then it is there for ${forDays}`;
    case 'longer':
      return `the ${what} is restored, and stays for ${forDays} from now on`;
    case 'under way':
      return `the ${what} is being restored: somebody has asked for it before`;
    case 'readable':
      return `the ${what} need not be restored: it can be played`;
    case 'gone':
      return `there is no ${what}: it is deleted, or there was none`;
  }
}

const forMachines = ({ contactId, isDone, words }: Outcome) => ({ contactId, isDone, result: words });

function daysIn(text = String(USUAL_DAYS)): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= MOST_DAYS) return days;
  throw new UsageError(`--days got "${text}"; allowed: a whole number, 1 to ${MOST_DAYS}`);
}

function tierIn(text = 'standard'): TierName {
  if (isTier(text)) return text;
  throw new UsageError(`--tier got "${text}"; allowed: ${Object.keys(TIERS).join(', ')}`);
}

function isTier(text: string): text is TierName {
  return Object.hasOwn(TIERS, text);
}
