import { isAuto } from '../domain/auto-language.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { jobNameOf, secondJobNameOf } from '../domain/transcript.ts';
import type { ClockPort, LedgerPorts, SetbackPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

/** The last part, after something was delivered. */
export interface CleaningUpPorts extends ClockPort, SetbackPort, Pick<LedgerPorts, 'markCleanedUp'> {
  readonly deleteJob: (jobName: string) => Promise<void>;
  /** Sets `vmx3_flag` to `0`, so that the contact does not look like a new voicemail again. */
  readonly resetFlag: (contactId: string) => Promise<void>;
}

/**
 * Job and flag, after delivery. Done again for a later queue message if it fails with
 * something that may pass; a job that cannot be deleted goes by itself after 90 days.
 */
export async function cleanUp(
  { contactId, cleanedUpAtMs, voicemail }: LedgerEntry,
  ports: CleaningUpPorts,
): Promise<void> {
  if (cleanedUpAtMs !== undefined) return;
  const refusal = { contactId, instead: undefined };
  const second = isAuto(voicemail.language) ? [secondJobNameOf(contactId)] : [];
  for (const job of [jobNameOf(contactId), ...second]) {
    await unlessRefused(
      () => ports.deleteJob(job),
      { ...refusal, what: 'the transcription job was not deleted' },
      ports,
    );
  }
  await unlessRefused(
    () => ports.resetFlag(contactId),
    { ...refusal, what: 'vmx3_flag was not reset' },
    ports,
  );
  await ports.markCleanedUp(contactId, ports.now());
}
