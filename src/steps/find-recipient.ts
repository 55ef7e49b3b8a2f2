import { PermanentError } from '../domain/errors.ts';
import { destinationIn, type Destination, type Recipient } from '../domain/recipient.ts';
import type { Voicemail } from '../domain/voicemail.ts';

export interface FindRecipientPorts {
  /** A queue's name; undefined if there is no such queue. Throws PermanentError if it may not be read. */
  readonly queueName: (queueId: string) => Promise<string | undefined>;
  /** An agent's name for people; undefined if there is no such agent. Throws likewise. */
  readonly agentName: (userId: string) => Promise<string | undefined>;
  readonly instanceArn: string;
  readonly fallbackQueueArn: string;
}

export interface FoundRecipient {
  readonly recipient: Recipient;
  /** What to tell the agent if it is not the one the caller asked for. */
  readonly notes: readonly string[];
}

/**
 * Who gets a voicemail: the queue or agent it was left for, else the fallback
 * queue with a note that says why. Throws only what is worth trying again.
 *
 * A name that may not be read is no reason to fall back: a message for one agent
 * must not be shown to a whole queue because a permission is missing.
 */
export async function findRecipient(
  voicemail: Voicemail,
  ports: FindRecipientPorts,
): Promise<FoundRecipient> {
  const { queueArn } = voicemail;
  if (!queueArn) return fallback('This message was left for no queue in particular.', ports);

  const destination = destinationIn(queueArn, ports.instanceArn);
  if (!destination) return fallback('This message was left for a queue that is not known here.', ports);

  const name = await nameOf(destination, ports);
  if (name !== undefined) return { recipient: { queueArn, name }, notes: [] };
  const who = destination.kind === 'agent' ? 'an agent' : 'a queue';
  return fallback(`This message was left for ${who} that no longer exists.`, ports);
}

/** Undefined if the destination is gone; some words for it if its name may not be read. */
async function nameOf(destination: Destination, ports: FindRecipientPorts): Promise<string | undefined> {
  const isAgent = destination.kind === 'agent';
  try {
    return isAgent ? await ports.agentName(destination.userId) : await ports.queueName(destination.queueId);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return isAgent ? 'an agent' : 'a queue';
  }
}

async function fallback(note: string, ports: FindRecipientPorts): Promise<FoundRecipient> {
  const { fallbackQueueArn: queueArn, instanceArn } = ports;
  const destination = destinationIn(queueArn, instanceArn);
  const name = destination && (await nameOf(destination, ports));
  return { recipient: { queueArn, name: name ?? 'the fallback queue' }, notes: [note] };
}
