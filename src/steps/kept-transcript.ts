import type { Transcript } from '../domain/transcript.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import type { ClockPort } from './ports.ts';

export interface KeptTranscriptPorts extends ClockPort {
  /** How long transcripts are kept. Absent: as long as anything of a voicemail. */
  readonly transcriptLifeMs?: number | undefined;
}

/** What was found, or that it is no longer kept: a transcript can be deleted before its recording. */
export function orExpired(
  found: Transcript | undefined,
  { endedAtMs }: Voicemail,
  { now, transcriptLifeMs = Infinity }: KeptTranscriptPorts,
): Transcript | undefined {
  if (found) return found;
  return now() - endedAtMs > transcriptLifeMs ? { kind: 'gap', gap: 'EXPIRED' } : undefined;
}
