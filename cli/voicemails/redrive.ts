import { parseArgs } from 'node:util';
import { keysOf } from '../../src/domain/object-keys.ts';
import { EXIT, RefusedError, UsageError, type Command, type Terminal } from '../command.ts';
import { QUEUE_NAMES, type QueueName } from '../aws/deployed-stack.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { jsonText } from '../terminal-text.ts';
import { COMMON_OPTIONS, COMMON_USAGE, contactIdIn, type Operations, operations } from './operations.ts';
import { planFor, planForRecording, type RedrivePlan, type RedriveWishes } from './redrive-plan.ts';
import { notKnown } from './show.ts';

/** `vmx redrive`: says what it would do, and does it with `--yes`. */
export function redriveCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'redrive',
    summary: 'push on a voicemail, a queue’s dead letters, or all that were given up',
    usage: `vmx redrive CONTACT | --queue NAME | --parked [--yes] [--blank] [options]

  CONTACT            a contact id, or the key of a recording: recordings/2026/03/04/….wav;
                     a recording is enough, the ledger need not know the voicemail
  --queue NAME       puts the dead letters of a queue back into it: ${QUEUE_NAMES.slice(0, 2).join(', ')},
                     ${QUEUE_NAMES.slice(2).join(', ')}
  --parked           all voicemails that were given up and reached nobody
  --yes              do it; without it, nothing is done but said (as --dry-run says explicitly)
  --blank            deliver it although nothing was said
${COMMON_USAGE}

A voicemail that was delivered is left alone; pushing one twice delivers it once.
Exit code: 0 done or said, 1 not known here or refused by AWS, 2 not used as described here.`,
    run: async (args, terminal) => {
      const { what, does, values } = parseRedriveOptions(args);
      const work: Work = { ...(await operations(values, wait)), does, wishes: { blank: values.blank } };
      const steps = await stepsFor(what, work);
      if (values.json) terminal.out(jsonText({ done: does, steps }));
      else report(steps, does, terminal);
      return EXIT.ok;
    },
  };
}

type What =
  | { readonly kind: 'one'; readonly contactIdOrKey: string }
  | { readonly kind: 'queue'; readonly name: QueueName }
  | { readonly kind: 'parked' };

/** Throws UsageError, or parseArgs' own TypeError. */
function parseRedriveOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      ...COMMON_OPTIONS,
      queue: { type: 'string' },
      parked: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      blank: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { queue, parked, yes, 'dry-run': isDry } = values;
  if (yes && isDry) throw new UsageError('--yes or --dry-run, not both');
  const wanted: readonly What[] = [
    ...positionals.map((text) => ({ kind: 'one', contactIdOrKey: targetIn(text) }) as const),
    ...(queue === undefined ? [] : [{ kind: 'queue', name: queueIn(queue) } as const]),
    ...(parked ? [{ kind: 'parked' } as const] : []),
  ];
  const [what, ...others] = wanted;
  if (!what || others.length > 0) throw new UsageError('one CONTACT, or --queue NAME, or --parked');
  return { what, does: yes, values };
}

function targetIn(text: string): string {
  if (!text.includes('/')) return contactIdIn(text);
  if (/^recordings\/\d{4}\/\d\d\/\d\d\/[\w-]+\.wav$/.test(text)) return text;
  throw new UsageError(`"${text}" is neither a contact id nor the key of a recording`);
}

function queueIn(text: string): QueueName {
  const name = QUEUE_NAMES.find((known) => known === text);
  if (name) return name;
  throw new UsageError(`--queue ${text}: there are ${QUEUE_NAMES.join(', ')}`);
}

interface Work extends Operations {
  /** False: only print the plan. */
  readonly does: boolean;
  readonly wishes: RedriveWishes;
}

/** One thing that was, or would be, done. */
interface Step {
  /** A contact id, or a queue. */
  readonly what: string;
  readonly action: 'nothing' | 'push' | 'move';
  readonly words: string;
}

async function stepsFor(what: What, work: Work): Promise<readonly Step[]> {
  switch (what.kind) {
    case 'one':
      return [await redriveOne(what.contactIdOrKey, work)];
    case 'queue':
      return [await redriveQueue(what.name, work)];
    case 'parked':
      return redriveParked(work);
  }
}

async function redriveOne(contactIdOrKey: string, work: Work): Promise<Step> {
  const contactId = contactIdOrKey.replace(/^.*\/|\.wav$/g, '');
  const known = await work.ledger.find(contactId);
  if (known?.voicemail) {
    const objects = await work.objects.objectsOf(keysOf(known.voicemail));
    return carryOut(contactId, planFor(known, objects, work.wishes), work);
  }
  if (known) return unreadableStep(known);
  const lone = await work.objects.findRecording(contactIdOrKey);
  if (!lone) throw new RefusedError(notKnown(contactId));
  const plan = planForRecording(lone, work.wishes);
  const step = await carryOut(contactId, plan, work);
  return {
    ...step,
    words: `${step.words}. The ledger does not know it: it may have been delivered long ago`,
  };
}

function unreadableStep({ contactId, unreadable }: KnownVoicemail): Step {
  const members = unreadable.length > 0 ? `: ${unreadable.join(', ')}` : '';
  return { what: contactId, action: 'nothing', words: `its ledger entry cannot be read${members}` };
}

async function redriveParked(work: Work): Promise<readonly Step[]> {
  const steps: Step[] = [];
  const { found } = await work.ledger.list({ isAll: false, isOpen: false, names: ['parked'] }, 0);
  for (const known of found) {
    if (known.deliveredAs !== undefined) continue;
    steps.push(known.voicemail ? await redriveOne(known.contactId, work) : unreadableStep(known));
  }
  return steps;
}

/** The ledger first: should the queue message not get away, `sweep` sends another. */
async function carryOut(
  contactId: string,
  plan: RedrivePlan,
  { ledger, queues, now, does }: Work,
): Promise<Step> {
  if (plan.kind === 'nothing') return { what: contactId, action: 'nothing', words: plan.why };
  const { reopenAs, queue, message, does: words } = plan;
  if (does) {
    if (reopenAs && !(await ledger.reopen(contactId, reopenAs.state, now() + reopenAs.dueAfterMs))) {
      return { what: contactId, action: 'nothing', words: 'somebody else has just pushed it on' };
    }
    await queues.send(queue, message);
  }
  return { what: contactId, action: 'push', words: `${words} (a message to the ${queue})` };
}

async function redriveQueue(name: QueueName, { queues, does }: Work): Promise<Step> {
  const count = await queues.deadLetters(name);
  if (count === 0) return { what: name, action: 'nothing', words: 'it has no dead letters' };
  const moved = does ? await queues.redrive(name) : count;
  return { what: name, action: 'move', words: `moves ${moved} dead letters back into it` };
}

function report(steps: readonly Step[], does: boolean, { out }: Terminal): void {
  for (const { what, words, action } of steps) {
    out(`${what}: ${action === 'nothing' ? 'nothing to do, ' : ''}${words}`);
  }
  const count = steps.filter(({ action }) => action !== 'nothing').length;
  if (steps.length === 0) out('No voicemail was given up.');
  else if (count === 0) return;
  else out(does ? 'Done.' : 'Nothing has been done yet: --yes does it.');
}
