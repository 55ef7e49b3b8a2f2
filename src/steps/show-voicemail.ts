import type { SavedRecording } from '../domain/recording-metadata.ts';
import { isTimeZone } from '../domain/call-time.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { keysOf } from '../domain/object-keys.ts';
import type { Transcript } from '../domain/transcript.ts';
import { emptyView, type ShownVoicemail, type VoicemailView, viewOf } from '../domain/voicemail-view.ts';
import { type KeptTranscriptPorts, orExpired } from './kept-transcript.ts';
import type { LedgerPorts, RecordingObjectPort, SetbackPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

export interface ShowVoicemailPorts
  extends RecordingObjectPort, SetbackPort, KeptTranscriptPorts, Pick<LedgerPorts, 'findEntry'> {
  /** Undefined if there is no transcript object. */
  readonly findTranscript: (transcriptKey: string) => Promise<Transcript | undefined>;
  /** A URL that plays the object for some minutes. */
  readonly presign: (key: string, method: 'GET') => Promise<string>;
  readonly instanceArn: string;
  /** IANA zone for times if the delivery has not noted the recipient's. */
  readonly timeZone: string;
}

export interface ShowRequest {
  /** The voicemail's contact; absent if the request has no contact id. */
  readonly contactId: string | undefined;
  /** The instance that sends the request. */
  readonly instanceArn: string | undefined;
  /** The bytes of names and values, in UTF-8, of the attributes of the contact that shows the view. */
  readonly attributeBytes: number;
}

export interface ShowOutcome {
  readonly kind: 'shown' | 'unknown' | 'unreadable';
  readonly view: VoicemailView;
}

/**
 * A voicemail for the agent's guide, with a player that works for some minutes.
 *
 * A sentence replaces missing parts: a blank page would not help an agent. Throws only RetryableError, if
 * AWS may answer the next time; then the guide says so.
 */
export async function showVoicemail(request: ShowRequest, ports: ShowVoicemailPorts): Promise<ShowOutcome> {
  const { contactId, instanceArn, attributeBytes } = request;
  if (contactId === undefined || instanceArn !== ports.instanceArn) return UNKNOWN;
  const refusal: Refusal = { what: 'the ledger could not be read', contactId, instead: REFUSED };
  const entry = await unlessRefused(() => ports.findEntry(contactId), refusal, ports);
  if (entry === REFUSED) return UNREADABLE;
  if (entry?.voicemail.instanceArn !== ports.instanceArn || entry.erasedAtMs !== undefined) return UNKNOWN;
  return { kind: 'shown', view: viewOf(await gather(entry, ports), attributeBytes) };
}

const UNKNOWN: ShowOutcome = {
  kind: 'unknown',
  view: emptyView('This voicemail is not known here, or is no longer kept.'),
};

const UNREADABLE: ShowOutcome = {
  kind: 'unreadable',
  view: emptyView('This voicemail could not be looked up. Please tell an administrator.'),
};

async function gather(entry: LedgerEntry, ports: ShowVoicemailPorts): Promise<ShownVoicemail> {
  const { recordingKey, transcriptKey } = keysOf(entry.voicemail);
  const refusalOf = (what: string): Refusal => ({ what, contactId: entry.contactId, instead: REFUSED });
  const noRecording = refusalOf('the recording could not be found');
  const noTranscript = refusalOf('the transcript could not be read');
  const [found, transcript] = await Promise.all([
    unlessRefused(() => ports.findRecordingObject(recordingKey), noRecording, ports),
    unlessRefused(() => ports.findTranscript(transcriptKey), noTranscript, ports),
  ]);
  const recording = found === REFUSED ? undefined : found;
  const isPlayable = recording && !recording.archive && entry.linkRevokedAtMs === undefined;
  return {
    voicemail: entry.voicemail,
    recipientName: entry.recipientName,
    customerName: entry.customerName,
    notes: entry.notes ?? [],
    playback: isPlayable
      ? { url: await ports.presign(recordingKey, 'GET') }
      : { gap: playerGap(entry, found) },
    recording,
    transcript:
      transcript === REFUSED
        ? { kind: 'gap', gap: 'UNREADABLE' }
        : orExpired(transcript, entry.voicemail, ports),
    timeZone: entry.timeZone !== undefined && isTimeZone(entry.timeZone) ? entry.timeZone : ports.timeZone,
  };
}

function playerGap(entry: LedgerEntry, found: SavedRecording | undefined | typeof REFUSED) {
  if (entry.linkRevokedAtMs !== undefined) return 'REVOKED';
  if (found === REFUSED) return 'UNREADABLE';
  if (found?.archive) return found.archive === 'restoring' ? 'RESTORING' : 'ARCHIVED';
  // Without a recording it is delivered as a request to call back, and parked.
  return entry.state === 'delivered' ? 'GONE' : 'UNRECORDED';
}

const REFUSED: unique symbol = Symbol('refused');

interface Refusal {
  readonly what: string;
  readonly contactId: string;
  readonly instead: typeof REFUSED;
}
