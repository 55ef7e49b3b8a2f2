import { PermanentError } from '../domain/errors.ts';
import { destinationIn, type Destination, type Recipient } from '../domain/recipient.ts';
import type { Voicemail } from '../domain/voicemail.ts';

export interface FindRecipientPorts {
  /** A queue's name. Throws PermanentError if it is gone or cannot be read. */
  readonly queueName: (queueId: string) => Promise<string>;
  /** An agent's name for people. Throws PermanentError if the agent is gone or cannot be read. */
  readonly agentName: (userId: string) => Promise<string>;
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
 */
export async function findRecipient(
  voicemail: Voicemail,
  ports: FindRecipientPorts,
): Promise<FoundRecipient> {
  const { queueArn } = voicemail;
  if (!queueArn) return fallback('This message was left for no queue in particular.', ports);

  const destination = destinationIn(queueArn, ports.instanceArn);
  if (!destination) return fallback('This message was left for a queue that is not known here.', ports);

  try {
    return { recipient: { queueArn, name: await nameOf(destination, ports) }, notes: [] };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    const who = destination.kind === 'agent' ? 'an agent' : 'a queue';
    return fallback(`This message was left for ${who} that is gone or cannot be read.`, ports);
  }
}

function nameOf(destination: Destination, ports: FindRecipientPorts): Promise<string> {
  return destination.kind === 'agent'
    ? ports.agentName(destination.userId)
    : ports.queueName(destination.queueId);
}

/** The fallback queue gets the voicemail even if its own name cannot be read. */
async function fallback(note: string, ports: FindRecipientPorts): Promise<FoundRecipient> {
  const { fallbackQueueArn: queueArn, instanceArn } = ports;
  const destination = destinationIn(queueArn, instanceArn);
  let name = 'the fallback queue';
  try {
    if (destination) name = await nameOf(destination, ports);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
  }
  return { recipient: { queueArn, name }, notes: [note] };
}
