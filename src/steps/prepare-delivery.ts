import type { Delivery } from '../domain/delivery.ts';
import { followUpOf } from '../domain/follow-up.ts';
import { ARCHIVED, ASSIGNED, comeBackInWords, REOPENED } from '../domain/in-words.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { keysOf } from '../domain/object-keys.ts';
import type { Recording } from '../domain/recording-metadata.ts';
import { assignedVoicemail } from '../domain/recipient.ts';
import type { Transcript } from '../domain/transcript.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import { findCustomer, type FindCustomerPorts } from './find-customer.ts';
import { findRecipient, type FindRecipientPorts } from './find-recipient.ts';
import { type KeptTranscriptPorts, orExpired } from './kept-transcript.ts';
import type { RecordingObjectPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

/** First: the parts of a voicemail, and its recipient. */
export interface GatheringPorts
  extends KeptTranscriptPorts, RecordingObjectPort, FindRecipientPorts, FindCustomerPorts {
  /** Undefined if there is no transcript object. */
  readonly findTranscript: (transcriptKey: string) => Promise<Transcript | undefined>;
  /** Absent: links are switched off. */
  readonly linkFor?: ((call: { contactId: string; endedAtMs: number }) => Promise<string>) | undefined;
  /** Called if there can be no link, because AWS refuses the key or it is none. */
  readonly onNoLink: () => void;
}

/** Collects the parts that exist. Throws only errors that are worth a retry. */
export async function prepareDelivery(
  entry: LedgerEntry,
  recording: Recording | undefined,
  ports: GatheringPorts,
): Promise<Delivery> {
  const voicemail = voicemailFor(entry);
  const [recipient, customer, link, transcript] = await Promise.all([
    findRecipient(voicemail, ports),
    findCustomer(voicemail, ports),
    recording && linkOf(voicemail, ports),
    recording && transcriptOf(voicemail, ports),
  ]);
  const again = roundInWords(entry, recipient.timeZone);
  const found = { ...recipient, notes: [...again, ...recipient.notes, ...customer.notes] };
  const customerName = customer.name;
  const basis = { voicemail, ...found, customerName, isWithoutLinks: ports.linkFor === undefined };
  if (!recording || !link) return basis;
  const archived = recording.archive ? [ARCHIVED[recording.archive]] : [];

  return {
    ...basis,
    recording,
    transcript,
    linkUrl: link.url,
    notes: [...found.notes, ...link.notes, ...archived],
  };
}

/** The voicemail as it was left, or for whom somebody assigned it to since. */
function voicemailFor({ voicemail, followUps }: LedgerEntry): Voicemail {
  const { assignedTo } = followUpOf(followUps);
  return assignedTo === undefined ? voicemail : assignedVoicemail(voicemail, assignedTo);
}

/** Why it comes once more. */
function roundInWords(
  { returnedAtMs, deliveryRound = 1, taskEnd, followUps }: LedgerEntry,
  timeZone: string,
): readonly string[] {
  if (returnedAtMs !== undefined) return [comeBackInWords(taskEnd?.atMs, timeZone)];
  if (deliveryRound === 1) return [];
  return [followUpOf(followUps).assignedTo === undefined ? REOPENED : ASSIGNED];
}

/** Without a note where links are switched off: the task says where the recording is. */
async function linkOf({ contactId, endedAtMs }: Voicemail, ports: GatheringPorts) {
  const { linkFor } = ports;
  if (!linkFor) return { url: undefined, notes: [] };
  const refusal = { what: 'no link could be made', contactId, instead: undefined };
  const url = await unlessRefused(() => linkFor({ contactId, endedAtMs }), refusal, ports);
  if (!url) ports.onNoLink();
  const notes = url ? [] : ['No link to the recording could be made. Please tell an administrator.'];
  return { url, notes };
}

async function transcriptOf(voicemail: Voicemail, ports: GatheringPorts) {
  const { contactId } = voicemail;
  const { transcriptKey } = keysOf(voicemail);
  const instead = { kind: 'gap', gap: 'UNREADABLE' } as const;
  const refusal = { what: 'the transcript could not be read', contactId, instead };
  const found = await unlessRefused(() => ports.findTranscript(transcriptKey), refusal, ports);
  return orExpired(found, voicemail, ports);
}
