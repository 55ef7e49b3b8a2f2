import { checkLink, keyIdOf, type LinkKey } from '../domain/link-token.ts';
import { keysOf } from '../domain/object-keys.ts';
import type { ClockPort, LedgerPorts, RecordingObjectPort } from './ports.ts';

export interface OpenRecordingPorts extends ClockPort, RecordingObjectPort, Pick<LedgerPorts, 'findEntry'> {
  /** The keys that can have signed. `wantedId`: looked up again if it is not cached. */
  readonly linkKeys: (wantedId?: string) => Promise<readonly LinkKey[]>;
  /** A URL that plays the object for some minutes, with one HTTP method. */
  readonly presign: (key: string, method: 'GET' | 'HEAD') => Promise<string>;
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
  const link = checkLink(token, await ports.linkKeys(keyIdOf(token)), ports.now());
  if (link.kind === 'invalid') return { kind: 'invalid' };

  const { contactId } = link;
  if (link.kind === 'expired') return { kind: 'over', contactId, why: 'expired' };

  const entry = await ports.findEntry(contactId);
  if (!entry) return { kind: 'over', contactId, why: 'gone' };
  if (entry.linkRevokedAtMs !== undefined) return { kind: 'over', contactId, why: 'revoked' };
  const { recordingKey } = keysOf(entry.voicemail);
  const recording = await ports.findRecordingObject(recordingKey);
  if (!recording) return { kind: 'over', contactId, why: 'gone' };
  if (recording.archive) return { kind: 'archived', contactId, why: recording.archive };
  const url = await ports.presign(recordingKey, method);
  return { kind: 'open', contactId, url, ...(entry.voicemail.isTest && { isTest: true }) };
}
