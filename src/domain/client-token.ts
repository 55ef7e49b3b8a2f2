import { jobNameOf } from './transcript.ts';

/**
 * What Amazon Connect knows a delivery of a voicemail by: the same for every try of one round, and another for each
 * round. That of the second round is that of earlier versions.
 */
export function clientTokenFor(contactId: string, round: number): string {
  if (round === 1) return jobNameOf(contactId);
  return `${jobNameOf(contactId)}_again${round === 2 ? '' : round}`;
}
