import { randomUUID } from 'node:crypto';
import type { NewFollowUpEvent } from '../../src/domain/follow-up.ts';
import { DUE_AFTER_MS } from '../../src/domain/ledger.ts';
import type { DeliveryPush } from '../../src/domain/queue-messages.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { EXIT, type Terminal, UsageError } from '../command.ts';
import { jsonText } from '../terminal-text.ts';
import { contactIdIn, type Operations, operations, timeInWords } from '../voicemails/operations.ts';
import { notKnown } from '../voicemails/show.ts';

/** The result for one voicemail. */
interface Outcome {
  readonly contactId: string;
  /** Whether it is now as it should be. */
  readonly isDone: boolean;
  readonly words: string;
}

/** What a command does with a delivered voicemail: what it did, in words. Throws Undone, in words, if it cannot. */
type Act = (known: KnownVoicemail, on: FollowingOperations) => Promise<string>;

/** The command cannot do that with this voicemail; with others it can. */
export class Undone extends Error {
  override readonly name = 'Undone';
}

export interface FollowingOperations extends Operations {
  /** What a person did, now, by this command. */
  readonly event: (kind: NewFollowUpEvent['kind'], more?: Partial<NewFollowUpEvent>) => NewFollowUpEvent;
}

/**
 * Does something with each voicemail that the arguments name. Returns the exit code: 1 if it could not be done with one
 * of them.
 */
export async function followEach(
  contacts: readonly string[],
  act: Act,
  {
    values,
    terminal,
    wait,
  }: {
    readonly values: Parameters<typeof operations>[0] & { readonly json: boolean };
    readonly terminal: Terminal;
    readonly wait: (ms: number) => Promise<void>;
  },
): Promise<number> {
  if (contacts.length === 0) throw new UsageError('which voicemails? Name contacts');
  const contactIds = [...new Set(contacts.map(contactIdIn))];
  const on = await operations(values, wait);
  const by = await on.callerArn();
  const event: FollowingOperations['event'] = (kind, more = {}) => ({
    id: `command:${randomUUID()}`,
    kind,
    at: 'command',
    atMs: on.now(),
    by,
    ...more,
  });
  const outcomes: Outcome[] = [];
  for (const contactId of contactIds) outcomes.push(await followOne(contactId, act, { ...on, event }));
  if (values.json) terminal.out(jsonText({ voicemails: outcomes }));
  else for (const { contactId, words } of outcomes) terminal.out(`${contactId}: ${words}`);
  return outcomes.every(({ isDone }) => isDone) ? EXIT.ok : EXIT.findings;
}

async function followOne(contactId: string, act: Act, on: FollowingOperations): Promise<Outcome> {
  const known = await on.ledger.find(contactId);
  if (!known) return { contactId, isDone: false, words: notKnown(contactId) };
  if (known.voicemail?.isTest) return { contactId, isDone: false, words: 'it is a test voicemail' };
  if (known.erasedAtMs !== undefined)
    return { contactId, isDone: false, words: `it was erased, ${timeInWords(known.erasedAtMs)}` };
  if (!known.followUp) {
    const words = `it is ${known.state}, and nobody was notified of it yet: vmx show ${contactId}`;
    return { contactId, isDone: false, words };
  }
  try {
    return { contactId, isDone: true, words: await act(known, on) };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    return { contactId, isDone: false, words: error.message };
  }
}

/** Ends the task of a voicemail, so that no agent gets it. Returns whether it was open. */
export async function endTaskOf(known: KnownVoicemail, { tasks }: Operations): Promise<boolean> {
  const { deliveredAs, deliveredId, taskEnd } = known;
  const hasTask = deliveredId !== undefined && deliveredAs !== 'email' && taskEnd?.taskId !== deliveredId;
  return hasTask && (await tasks.end(deliveredId));
}

/** Opens it for another delivery, ends its task, and sends it on its way: in this order, nothing is lost. */
export async function deliverAgain(
  known: KnownVoicemail,
  event: NewFollowUpEvent,
  on: FollowingOperations,
): Promise<void> {
  const { contactId } = known;
  if (!(await on.ledger.deliverAgain(contactId, event, on.now() + DUE_AFTER_MS.delivery)))
    throw new Undone('it is on its way, or somebody else has just changed it: try again');
  await endTaskOf(known, on);
  await on.queues.send('delivery-queue', { push: 'deliver', contactId } satisfies DeliveryPush);
}
