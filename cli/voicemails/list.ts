import { isKnownState } from '../../src/domain/ledger-entry.ts';
import { EXIT, UsageError, type Command } from '../command.ts';
import { QUEUE_NAMES } from '../aws/deployed-stack.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { jsonText, table } from '../terminal-text.ts';
import { callerForMachines } from './caller-words.ts';
import { type ListOptions, parseListOptions, STATES_THERE_ARE } from './list-options.ts';
import { COMMON_USAGE, type Operations, operations, timeInWords } from './operations.ts';
import { reasonInWords } from './reasons.ts';

/** `vmx list`: voicemails by state, and how many dead letters there are. */
export function listCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'list',
    summary: 'list voicemails: by default those on their way and those given up',
    usage: `vmx list [--state STATES] [--since TIME] [--queue NAME] [options]

  --state STATES     one or more of open, parked, delivered, blank, all, with commas between
                     (default open,parked); open is received, recorded, transcribing, delivering, and any
                     state of a later version that is no end; such a state can be named as well
  --since TIME       calls that ended since then: 90m, 12h, 7d ago, a date in UTC such as 2026-03-04,
                     or a time with its offset from UTC: 2026-03-04T14:00Z, 2026-03-04T09:00-05:00
  --queue NAME       left for this queue or agent: its name, its ARN, or the id at the end of that
  --numbers          with the numbers to call back
${COMMON_USAGE}

--state open reads what is not at an end. Any other reads the whole ledger, whatever --since says, and
tells how many entries that were if they are many.

Exit code: 0 done, 1 refused by AWS, 2 not used as described here.`,
    run: async (args, { out, err }) => {
      const options = parseListOptions(args, Date.now());
      const { ledger, queues, namesOf } = await operations(options, wait);
      const { found: all, read } = await ledger.list(options.states, options.sinceMs);
      requireStates(options, all);
      const real = all.filter(({ voicemail }) => !voicemail?.isTest);
      const { names, refusal } = await namesOf(real.flatMap(({ voicemail }) => voicemail?.queueArn ?? []));
      const listed = real
        .filter((one) => isFor(options.queue, one, names))
        .map((one) => describe(one, options, names));
      const deadLetters = await countDeadLetters(queues);
      out(options.isJson ? jsonText({ voicemails: listed, deadLetters }) : inWords(listed, deadLetters));
      if (all.length > real.length) err(`Not listed: ${all.length - real.length} of vmx verify.`);
      if (read >= WORTH_SAYING) err(`${read} entries of the ledger were read; --state open reads fewer.`);
      if (refusal !== undefined) err(`Queues and agents are shown by their ids: ${refusal}`);
      return EXIT.ok;
    },
  };
}

/** From how many entries on a person should know: a thousand a day make as many in ten days. */
const WORTH_SAYING = 10_000;

/** An unknown state may be one of a later version, or a typing error. */
function requireStates({ states }: ListOptions, found: readonly KnownVoicemail[]): void {
  for (const name of states.names) {
    if (isKnownState(name) || found.some(({ state }) => state === name)) continue;
    throw new UsageError(`--state ${name}: no such voicemail is in that state, and ${STATES_THERE_ARE}`);
  }
}

type Names = ReadonlyMap<string, string>;

/** `queue`: a name, an ARN, or the id at its end. */
function isFor(queue: string | undefined, { voicemail }: KnownVoicemail, names: Names): boolean {
  if (queue === undefined) return true;
  const { queueArn = '' } = voicemail ?? {};
  return queueArn === queue || queueArn.endsWith(`/${queue}`) || names.get(queueArn) === queue;
}

function describe({ voicemail, ...known }: KnownVoicemail, { withNumbers }: ListOptions, names: Names) {
  const { contactId, state, dueAtMs, deliveredAs, failureCode, unreadable } = known;
  return {
    contactId,
    state,
    endedAt: timeInWords(voicemail?.endedAtMs),
    queueArn: voicemail?.queueArn,
    leftFor: names.get(voicemail?.queueArn ?? ''),
    ...(withNumbers && callerForMachines(voicemail?.from)),
    deliveredAs,
    ...(dueAtMs !== undefined && { dueAt: timeInWords(dueAtMs) }),
    ...(failureCode !== undefined && { failureCode, reason: reasonInWords(failureCode) }),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

type Listed = ReturnType<typeof describe>;

async function countDeadLetters({ deadLetters }: Operations['queues']) {
  const counted = await Promise.all(
    QUEUE_NAMES.map(async (name) => [name, await deadLetters(name)] as const),
  );
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

function inWords(listed: readonly Listed[], deadLetters: Readonly<Record<string, number>>): string {
  const waiting = Object.entries(deadLetters).map(
    ([name, count]) => `${name} has ${count} dead letters: vmx redrive --queue ${name}`,
  );
  const rows = listed.map((one) => [
    one.contactId,
    one.state,
    one.endedAt,
    one.leftFor ?? one.queueArn?.slice(one.queueArn.lastIndexOf('/') + 1) ?? '-',
    ...('from' in one ? [numberInWords(one)] : []),
    remarkOn(one),
  ]);
  const numbers = listed.some((one) => 'from' in one) ? ['FROM'] : [];
  const head = ['CONTACT', 'STATE', 'CALL ENDED', 'LEFT FOR', ...numbers, ''];
  return [rows.length === 0 ? 'No such voicemails.' : table([head, ...rows]), ...waiting].join('\n');
}

function numberInWords({ from, extension }: Listed): string {
  return `${from ?? 'withheld'}${extension === undefined ? '' : ` ext. ${extension}`}`;
}

function remarkOn(one: Listed): string {
  const { unreadable } = one;
  if (unreadable === undefined) return lifeOf(one);
  return [lifeOf(one), `cannot be read in its entry: ${unreadable.join(', ')}`].filter(Boolean).join('; ');
}

function lifeOf({ state, deliveredAs, dueAt, reason }: Listed): string {
  if (state === 'delivered') return `as ${deliveredAs ?? '?'}`;
  const look = dueAt === undefined ? '' : `looked at again at ${dueAt}`;
  if (!isKnownState(state)) return ['a state of a later version', look].filter(Boolean).join('; ');
  if (dueAt !== undefined) return look;
  if (state === 'blank') return 'nothing was said';
  const called = deliveredAs === undefined ? '' : 'somebody was notified that it has no recording; ';
  return `${called}${reason ?? ''}`;
}
