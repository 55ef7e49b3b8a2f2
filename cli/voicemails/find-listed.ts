import { callerKeyOf } from '../../src/domain/caller-key.ts';
import { RefusedError, UsageError } from '../command.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import type { ListOptions, WaitingOptions } from './list-options.ts';
import type { Operations } from './operations.ts';

export interface Found {
  readonly voicemails: readonly KnownVoicemail[];
  /** Whether there may be more than `limit`. */
  readonly isCut: boolean;
  /** How many entries of the ledger were read. */
  readonly read: number;
}

/** The voicemails that the options ask for. Throws UsageError and RefusedError, in words. */
export async function findListed(options: ListOptions, on: Operations): Promise<Found> {
  const { states, waiting, from, limit, sinceMs } = options;
  if (states) {
    const { found, read } = await on.ledger.list(states, sinceMs);
    return { voicemails: found, isCut: false, read };
  }
  const contactIds = await contactIdsFor(options, on);
  const voicemails = await on.ledger.findAll(contactIds);
  const agent = waiting?.agent === undefined ? undefined : await agentIn(waiting.agent, on);
  return {
    voicemails: voicemails.filter(
      (one) =>
        endOf(one) >= sinceMs &&
        (waiting === undefined || stillWaits(one, waiting)) &&
        (agent === undefined || isOf(agent, one)),
    ),
    isCut: from === undefined && contactIds.length >= limit,
    read: contactIds.length,
  };
}

async function contactIdsFor(options: ListOptions, on: Operations): Promise<readonly string[]> {
  const { waiting, from, limit } = options;
  const { inbox } = on.ledger;
  if (from !== undefined) {
    const caller = callerKeyOf({ from });
    if (caller === undefined) throw new UsageError(`--from ${from}: not a number that can be called back`);
    return inbox.ofCaller(caller, limit);
  }
  if (waiting) return waitingFor(waiting, options, on);
  const everybody = await waitingFor({ stages: ['unheard', 'heard', 'taken'] }, options, on);
  const [open, parked] = await Promise.all([inbox.open(limit), inbox.parked(limit)]);
  return [...new Set([...parked, ...open, ...everybody])];
}

async function waitingFor(
  { stages, endedBeforeMs, agent }: WaitingOptions,
  { limit, queue }: ListOptions,
  on: Operations,
): Promise<readonly string[]> {
  const { inbox } = on.ledger;
  const wanted = { stages, endedBeforeMs, limit };
  if (agent !== undefined) {
    // What was left for the agent alone, and what the agent has taken of a queue.
    const own = await inbox.waiting({ ...wanted, recipient: await agentIn(agent, on) });
    const taken = stages.includes('taken') ? await inbox.waiting({ ...wanted, stages: ['taken'] }) : [];
    return [...new Set([...own, ...taken])];
  }
  const recipient = queue === undefined ? undefined : await recipientIn(queue, on);
  return inbox.waiting({ ...wanted, recipient });
}

/** A queue or agent by ARN, by the id at its end, or by name. */
async function recipientIn(text: string, on: Operations): Promise<string> {
  if (text.startsWith('arn:')) return text;
  try {
    return await on.recipientNamed({ queue: text });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return await on.recipientNamed({ agent: text }).catch(() => {
      throw error;
    });
  }
}

/** The ARN of an agent's own queue. Who asks is known by the name of the session: single sign-on uses the user's. */
async function agentIn(agent: string | true, on: Operations): Promise<string> {
  if (agent !== true) return on.recipientNamed({ agent });
  const arn = await on.callerArn();
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  try {
    return await on.recipientNamed({ agent: name });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const how = 'name yourself with --agent USERNAME';
    throw new RefusedError(`no agent of the instance is called "${name}", as your session is: ${how}`, {
      cause: error,
    });
  }
}

/** Left for the agent, or taken by them. */
function isOf(ownQueueArn: string, { followUp, recipientArn, voicemail }: KnownVoicemail): boolean {
  const id = ownQueueArn.slice(ownQueueArn.lastIndexOf('/'));
  const recipient = followUp?.assignedTo ?? recipientArn ?? voicemail?.queueArn;
  return recipient === ownQueueArn || followUp?.taken?.by?.endsWith(`/agent${id}`) === true;
}

/** The index lags behind the ledger. */
function stillWaits({ followUp }: KnownVoicemail, { stages }: WaitingOptions): boolean {
  return followUp !== undefined && stages.includes(followUp.stage);
}

function endOf({ voicemail }: KnownVoicemail): number {
  return voicemail?.endedAtMs ?? Number.POSITIVE_INFINITY;
}
