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

/** Job and flag, and notes it, after something was delivered. */
export async function cleanUp(entry: LedgerEntry, ports: CleaningUpPorts): Promise<void> {
  if (entry.cleanedUpAtMs !== undefined) return;
  await cleanUpUnnoted(entry, ports);
  await ports.markCleanedUp(entry.contactId, ports.now());
}

/**
 * Job and flag, side by side. Done again for a later queue message if it fails with something that may pass; a job
 * that cannot be deleted goes by itself after 90 days.
 */
export async function cleanUpUnnoted(
  { contactId, cleanedUpAtMs, voicemail }: LedgerEntry,
  ports: CleaningUpPorts,
): Promise<void> {
  if (cleanedUpAtMs !== undefined) return;
  const refusal = { contactId, instead: undefined };
  const second = isAuto(voicemail.language) ? [secondJobNameOf(contactId)] : [];
  const deleted = [jobNameOf(contactId), ...second].map((job) =>
    unlessRefused(
      () => ports.deleteJob(job),
      { ...refusal, what: 'the transcription job was not deleted' },
      ports,
    ),
  );
  const flag = { ...refusal, what: 'vmx3_flag was not reset' };
  const done = [...deleted, unlessRefused(() => ports.resetFlag(contactId), flag, ports)];
  // None is left alone in an invocation that has ended.
  await Promise.allSettled(done);
  await Promise.all(done);
}
