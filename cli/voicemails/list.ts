import { isKnownState } from '../../src/domain/ledger-entry.ts';
import { QUEUE_NAMES } from '../aws/deployed-stack.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { jsonText, table } from '../terminal-text.ts';
import { describeListed, type Listed, type Names, recipientOf, remarkOn } from './describe-listed.ts';
import { findListed } from './find-listed.ts';
import { type ListOptions, parseListOptions, STATES_THERE_ARE } from './list-options.ts';
import { COMMON_USAGE, type Operations, operations } from './operations.ts';

/** `vmx list`: voicemails by what is to be done about them, and how many dead letters there are. */
export function listCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'list',
    summary: 'list voicemails: by default those given up, on their way, and waiting for somebody',
    usage: `vmx list [--waiting] [--unheard] [--older-than AGE] [--queue NAME] [--mine] [options]
vmx list --from NUMBER [options]
vmx list --state STATES [options]

  --waiting          only those that were delivered and that nobody has handled: first the unheard,
                     then the heard, then those that somebody has taken; each oldest first
  --unheard          of these, those that nobody has heard
  --older-than AGE   of these, those of calls that ended longer ago: 90m, 12h, 7d
  --agent NAME       of these, those left for this agent, or taken by them: a user name
  --mine             the same for the agent of your name: your session's, as single sign-on gives it
  --from NUMBER      all of one caller, handled ones too, the latest first
  --state STATES     in these states of the ledger, with commas between: open, parked, delivered, blank,
                     all; open is received, recorded, transcribing, delivering, and any state of a later
                     version that is no end; such a state can be named as well. Any but open alone reads the
                     whole ledger, and tells how many entries that were if they are many
  --since TIME       calls that ended since then: 90m, 12h, 7d ago, a date in UTC such as 2026-03-04,
                     or a time with its offset from UTC: 2026-03-04T14:00Z, 2026-03-04T09:00-05:00
  --queue NAME       for this queue or agent: its name, its ARN, or the id at the end of that
  --limit COUNT      how many of each kind at most (default 50, up to 1000)
  --numbers          with the numbers to call back
${COMMON_USAGE}

Exit code: 0 done, 1 refused by AWS, 2 not used as described here.`,
    run: async (args, { out, err }) => {
      const options = parseListOptions(args, Date.now());
      const on = await operations(options, wait);
      const { voicemails: all, isCut, read } = await findListed(options, on);
      requireStates(options, all);
      const real = all.filter(({ voicemail }) => !voicemail?.isTest);
      const { names, refusal } = await on.namesOf(real.flatMap(arnsIn));
      const listed = real
        .filter((one) => isFor(options.queue, one, names))
        .map((one) => describeListed(one, { ...options, names, nowMs: on.now() }));
      const deadLetters = await countDeadLetters(on.queues);
      out(options.isJson ? jsonText({ voicemails: listed, deadLetters }) : inWords(listed, deadLetters));
      if (read >= WORTH_SAYING) err(`${read} entries of the ledger were read; without --state, fewer are.`);
      if (isCut) err(`There may be more: --limit ${options.limit} of each kind.`);
      if (all.length > real.length) err(`Not listed: ${all.length - real.length} of vmx verify.`);
      if (refusal !== undefined) err(`Queues and agents are shown by their ids: ${refusal}`);
      return EXIT.ok;
    },
  };
}

/** From how many entries on a person should know: a thousand a day make as many in ten days. */
const WORTH_SAYING = 10_000;

/** An unknown state may be one of a later version, or a typing error. */
function requireStates({ states }: ListOptions, found: readonly KnownVoicemail[]): void {
  for (const name of states?.names ?? []) {
    if (isKnownState(name) || found.some(({ state }) => state === name)) continue;
    throw new UsageError(`--state ${name}: no such voicemail is in that state, and ${STATES_THERE_ARE}`);
  }
}

function arnsIn(one: KnownVoicemail): readonly string[] {
  const { taken, handled } = one.followUp ?? {};
  return [recipientOf(one), taken?.by, handled?.by].filter((arn) => arn !== undefined);
}

/** `queue`: a name, an ARN, or the id at its end. */
function isFor(queue: string | undefined, one: KnownVoicemail, names: Names): boolean {
  if (queue === undefined) return true;
  const arn = recipientOf(one) ?? '';
  return arn === queue || arn.endsWith(`/${queue}`) || names.get(arn) === queue;
}

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
    one.stage ?? one.state,
    one.age,
    one.endedAt,
    one.leftFor ?? one.queueArn?.slice(one.queueArn.lastIndexOf('/') + 1) ?? '-',
    ...('from' in one ? [numberInWords(one)] : []),
    remarkOn(one),
  ]);
  const numbers = listed.some((one) => 'from' in one) ? ['FROM'] : [];
  const head = ['CONTACT', 'STATE', 'AGE', 'CALL ENDED', 'FOR', ...numbers, ''];
  return [rows.length === 0 ? 'No such voicemails.' : table([head, ...rows]), ...waiting].join('\n');
}

function numberInWords({ from, extension }: Listed): string {
  return `${from ?? 'withheld'}${extension === undefined ? '' : ` ext. ${extension}`}`;
}
