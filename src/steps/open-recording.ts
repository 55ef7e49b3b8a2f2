import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { checkLink, keyIdOf, type LinkKey } from '../domain/link-token.ts';
import { keysOf } from '../domain/object-keys.ts';
import type { FollowUpPush } from '../domain/task-follow-up.ts';
import type { ClockPort, LedgerPorts, RecordingObjectPort } from './ports.ts';

export interface OpenRecordingPorts extends ClockPort, RecordingObjectPort, Pick<LedgerPorts, 'findEntry'> {
  /** The keys that can have signed. `wantedId`: looked up again if it is not cached. */
  readonly linkKeys: (wantedId?: string) => Promise<readonly LinkKey[]>;
  /** A URL that plays the object for some minutes, with one HTTP method. */
  readonly presign: (key: string, method: 'GET' | 'HEAD') => Promise<string>;
}

/** Notes, later, what happened to a voicemail. */
export interface TellFollowUpPort {
  readonly tellFollowUp: (push: FollowUpPush) => Promise<void>;
}

export type OpenOutcome =
  | {
      readonly kind: 'open';
      readonly url: string;
      readonly contactId: string;
      /** Set for a test voicemail. */
      readonly isTest?: true;
    }
  /** The link was valid once: it expired, was revoked, or the recording is gone. */
  | { readonly kind: 'over'; readonly contactId: string; readonly why: 'expired' | 'revoked' | 'gone' }
  /** It must be restored before it plays; `restoring`: somebody has asked for that. */
  | { readonly kind: 'archived'; readonly contactId: string; readonly why: 'archived' | 'restoring' }
  | { readonly kind: 'invalid' };

/** Opens a recording link. */
export async function openRecording(
  { token, method }: { token: string; method: 'GET' | 'HEAD' },
  ports: OpenRecordingPorts,
): Promise<OpenOutcome> {
  const link = await entryBehind(token, ports);
  if (link.kind !== 'valid') return link;
  const { contactId, entry } = link;
  const { recordingKey } = keysOf(entry.voicemail);
  const recording = await ports.findRecordingObject(recordingKey);
  if (!recording) return { kind: 'over', contactId, why: 'gone' };
  if (recording.archive) return { kind: 'archived', contactId, why: recording.archive };
  const url = await ports.presign(recordingKey, method);
  return { kind: 'open', contactId, url, ...(entry.voicemail.isTest && { isTest: true }) };
}

export type HeardOutcome =
  | { readonly kind: 'heard'; readonly contactId: string; readonly isTest?: true }
  | Exclude<OpenOutcome, { kind: 'open' }>;

/**
 * The page behind a link says that the recording was played: only that counts as heard, because programs that check
 * mails open links too. Played again within a minute, it was played once.
 */
export async function noteHeard(
  token: string,
  ports: Omit<OpenRecordingPorts, 'presign' | 'findRecordingObject'> & TellFollowUpPort,
): Promise<HeardOutcome> {
  const link = await entryBehind(token, ports);
  if (link.kind !== 'valid') return link;
  const { contactId, entry } = link;
  if (entry.voicemail.isTest) return { kind: 'heard', contactId, isTest: true };
  const atMs = ports.now();
  const id = `link:${Math.floor(atMs / MINUTE_MS)}`;
  await ports.tellFollowUp({
    push: 'follow-up',
    contactId,
    events: [{ id, kind: 'heard', at: 'link', atMs }],
  });
  return { kind: 'heard', contactId };
}

const MINUTE_MS = 60_000;

type Behind =
  | { readonly kind: 'valid'; readonly contactId: string; readonly entry: LedgerEntry }
  | Exclude<OpenOutcome, { kind: 'open' }>;

async function entryBehind(
  token: string,
  ports: Pick<OpenRecordingPorts, 'linkKeys' | 'now' | 'findEntry'>,
): Promise<Behind> {
  const link = checkLink(token, await ports.linkKeys(keyIdOf(token)), ports.now());
  if (link.kind === 'invalid') return { kind: 'invalid' };
  const { contactId } = link;
  if (link.kind === 'expired') return { kind: 'over', contactId, why: 'expired' };
  const entry = await ports.findEntry(contactId);
  if (!entry || entry.erasedAtMs !== undefined) return { kind: 'over', contactId, why: 'gone' };
  if (entry.linkRevokedAtMs !== undefined) return { kind: 'over', contactId, why: 'revoked' };
  return { kind: 'valid', contactId, entry };
}
