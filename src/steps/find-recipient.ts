import { quoted } from '../domain/clean-text.ts';
import { PermanentError } from '../domain/errors.ts';
import { destinationIn, preferenceIn, type Recipient } from '../domain/recipient.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import type { SetbackPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

export interface FindRecipientPorts extends SetbackPort {
  /**
   * Undefined if there is no such queue. Throws PermanentError if access is denied. `contactId`: the contact
   * of this look-up, for reports of partial failures.
   */
  readonly findQueue: (queueId: string, contactId: string) => Promise<KnownQueue | undefined>;
  /** Undefined if there is no such agent. Throws PermanentError if access is denied, as does the next. */
  readonly findAgent: (userId: string) => Promise<KnownAgent | undefined>;
  readonly findAgentNamed: (username: string) => Promise<KnownAgent | undefined>;
  readonly instanceArn: string;
  readonly fallbackQueueArn: string;
  /** IANA zone of recipients without their own. */
  readonly timeZone: string;
}

interface KnownQueue {
  readonly name: string;
  /** IANA zone of its hours of operation, if they could be read. */
  readonly timeZone?: string | undefined;
}

interface KnownAgent {
  readonly userId: string;
  /** For people. */
  readonly name: string;
}

export interface FoundRecipient {
  readonly recipient: Recipient;
  /** IANA zone in which the recipient reads times. */
  readonly timeZone: string;
  /** Notes for the agent if the call's request was not fulfilled. */
  readonly notes: readonly string[];
}

/**
 * The recipient of a voicemail, in this order:
 *
 * 1. the queue or agent it was left for, `vmx3_queue_arn`, otherwise the contact's queue:
 *    both are the voicemail's `queueArn`
 * 2. the fallback queue, if that is missing, misspelled, of another instance, or gone
 *
 * In a queue, the agent that `vmx3_preferred_agent` names is asked first. An unknown agent, or the agent
 * whose own queue it is, has no effect.
 *
 * If a name must not be read, the recipient stays: a message for one agent must not be shown to a whole
 * queue because a permission is missing.
 *
 * Throws RetryableError after temporary failures, and PermanentError if even the fallback queue does not
 * exist: nobody would see the task.
 */
export async function findRecipient(
  voicemail: Voicemail,
  ports: FindRecipientPorts,
): Promise<FoundRecipient> {
  const place = await placeFor(voicemail, ports);
  const { queueArn, name, timeZone = ports.timeZone, notes } = place;
  const basis = { recipient: { queueArn, name }, timeZone, notes };
  if (place.isAgents) return basis;

  const preferred = await preferredAgent(voicemail, ports);
  return {
    ...basis,
    recipient: { ...basis.recipient, preferredAgent: preferred.agent },
    notes: [...notes, ...preferred.notes],
  };
}

interface Place extends KnownQueue {
  readonly queueArn: string;
  /** It is one agent's own queue. */
  readonly isAgents: boolean;
  readonly notes: readonly string[];
}

async function placeFor({ queueArn, contactId }: Voicemail, ports: FindRecipientPorts): Promise<Place> {
  const fallback = (note: string) => fallbackPlace(note, contactId, ports);
  if (!queueArn) return fallback('This message was left for no queue in particular.');
  const destination = destinationIn(queueArn, ports.instanceArn);
  if (!destination) return fallback('This message was left for a queue that is not known here.');
  const place = await placeAt(queueArn, contactId, ports);
  if (place) return place;
  const who = destination.kind === 'agent' ? 'an agent' : 'a queue';
  return fallback(`This message was left for ${who} that no longer exists.`);
}

async function fallbackPlace(note: string, contactId: string, ports: FindRecipientPorts): Promise<Place> {
  const place = await placeAt(ports.fallbackQueueArn, contactId, ports);
  if (!place) throw new PermanentError('REFUSED', 'the fallback queue does not exist');
  return { ...place, notes: [note, ...place.notes] };
}

/** Undefined if it is gone; a general name if access is denied. */
async function placeAt(
  queueArn: string,
  contactId: string,
  ports: FindRecipientPorts,
): Promise<Place | undefined> {
  const destination = destinationIn(queueArn, ports.instanceArn);
  if (!destination) return undefined;
  const isAgents = destination.kind === 'agent';
  const who = isAgents ? 'agent' : 'queue';
  const note = `The name of the ${who} could not be read. Please tell an administrator.`;
  const known = await unlessRefused<PlaceName | undefined, PlaceName>(
    () => (isAgents ? ports.findAgent(destination.userId) : ports.findQueue(destination.queueId, contactId)),
    {
      what: `the name of the ${who} could not be read`,
      contactId,
      instead: { name: isAgents ? 'an agent' : 'a queue', notes: [note] },
    },
    ports,
  );
  return known && { notes: [], ...known, queueArn, isAgents };
}

interface PlaceName extends KnownQueue {
  readonly notes?: readonly string[];
}

/** The preferred agent. If one is named and cannot be found, there is none: the queue gets it, with a note. */
async function preferredAgent(
  { attributes, contactId }: Voicemail,
  ports: FindRecipientPorts,
): Promise<{ agent?: KnownAgent; notes: readonly string[] }> {
  const { username, notes } = preferenceIn(attributes);
  if (username === undefined) return { notes };
  const refusal = {
    what: 'the preferred agent could not be looked up',
    contactId,
    instead: 'refused',
  } as const;
  const agent = await unlessRefused(() => ports.findAgentNamed(username), refusal, ports);
  if (agent && agent !== 'refused') return { agent, notes };
  const why = agent === 'refused' ? 'could not be looked up' : 'is not known here';
  const note = `The agent ${quoted(username, 40)} ${why}, so this message is for the whole queue.`;
  return { notes: [...notes, note] };
}
