import type { LedgerEntry } from '../src/domain/ledger-entry.ts';
import { type SavedRecording, toSavedRecording } from '../src/domain/recording-metadata.ts';
import type { Voicemail } from '../src/domain/voicemail.ts';
import { BILLING_ARN, CONTACT_ID, INSTANCE_ARN, STREAM_ARN } from './contact-record.ts';

/** When the tests happen: a minute after the caller hung up. */
export const NOW = Date.parse('2026-03-04T14:02:00Z');
export const MINUTE_MS = 60_000;
export const RECORDING_KEY = `recordings/2026/03/04/${CONTACT_ID}.wav`;
export const TRANSCRIPT_KEY = `transcripts/2026/03/04/${CONTACT_ID}.json`;

export function voicemailOf(changes: Partial<Voicemail> = {}): Voicemail {
  return {
    contactId: CONTACT_ID,
    instanceArn: INSTANCE_ARN,
    calledAtMs: Date.parse('2026-03-04T14:00:02Z'),
    endedAtMs: Date.parse('2026-03-04T14:01:09Z'),
    from: '+15555550142',
    queueArn: BILLING_ARN,
    language: 'en-US',
    recording: {
      kind: 'kvs',
      streamArn: STREAM_ARN,
      fragmentStartNumber: '91343852333181499999999999999900000000000000101',
      fragmentStopNumber: '91343852333181500000000000000100000000000000212',
      startMs: Date.parse('2026-03-04T14:00:24Z'),
      stopMs: Date.parse('2026-03-04T14:01:09Z'),
    },
    attributes: { vmx3_flag: '1' },
    ...changes,
  };
}

/** As its object says, but for what is given otherwise. */
export function recordingOf(changes: Partial<SavedRecording> = {}): SavedRecording {
  return { ...toSavedRecording({ sizeBytes: 16_044, metadata: {}, ...changes }), ...changes };
}

export function entryOf(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    contactId: CONTACT_ID,
    state: 'received',
    dueAtMs: NOW + MINUTE_MS,
    attempts: 0,
    voicemail: voicemailOf(),
    ...changes,
  };
}
