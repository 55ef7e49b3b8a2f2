import { inBackground } from '../../in-background.ts';
import type { Contact } from './contacts/contact.ts';
import { readExpiryMs } from './contacts/task-expiry.ts';
import type { StoredFlow } from './flow/flow-store.ts';
import type { ConnectParts } from './parts.ts';

/**
 * Begins a task and, when its time has come, runs its flow. `sinceMs`: when its life began, which for a task that
 * was transferred is before it did.
 */
export function runTask(
  task: Contact,
  { flow, sinceMs }: { flow: StoredFlow; sinceMs: number },
  { clock, contacts, runFlow }: Pick<ConnectParts, 'clock' | 'contacts' | 'runFlow'>,
): void {
  const expiresInMs = sinceMs + readExpiryMs(task.segmentAttributes) - clock.now();
  const waitMs = (task.scheduledAtMs ?? 0) - clock.now();
  contacts.add(task);
  // In fast time nobody would have time to take a task if the clock jumped to its expiry.
  clock.after(Math.max(expiresInMs, 0), () => contacts.end(task, 'EXPIRED'), { background: true });
  const run = () => inBackground(runFlow({ flow, contact: task }).ended);
  // Nor does fast time jump to the day for which a program has scheduled a task: that program is not done with today.
  if (waitMs > 0) clock.after(waitMs, run, { background: true });
  else run();
}
