import { RefusedError } from '../command.ts';
import { blockersText } from '../deploy/blockers.ts';
import { recordReaderBehind } from '../doctor/lanes/streams/record-reader-behind.ts';
import { recordReaderStopped } from '../doctor/lanes/streams/record-reader-stopped.ts';
import type { Look } from '../doctor/look.ts';

/** Throws RefusedError if voicemails may be in the contact record stream of which neither queue nor ledger knows yet. */
export async function refuseUnreadRecords(look: Look): Promise<void> {
  const looked = [recordReaderStopped, recordReaderBehind].map(async (check) =>
    (await check.run(look)).map((finding) => ({ check: check.id, finding })),
  );
  const blockers = (await Promise.all(looked)).flat();
  if (blockers.length === 0) return;
  throw new RefusedError(
    `the contact record stream may have voicemails that nobody has read yet:\n${blockersText(blockers)}\nOr say --lose-waiting`,
  );
}
