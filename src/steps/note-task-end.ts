import { RetryableError } from '../domain/errors.ts';
import { DUE_AFTER_MS } from '../domain/ledger.ts';
import { followUpOf } from '../domain/follow-up.ts';
import { type TaskEnd, taskEnding } from '../domain/task-end.ts';
import { followUpsOfTask } from '../domain/task-follow-up.ts';
import { noteFollowUp, type NoteFollowUpPorts } from './note-follow-up.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';

export interface NoteTaskEndPorts
  extends ClockPort, NoteFollowUpPorts, Pick<LedgerPorts, 'noteTaskEnd' | 'noteReturn'> {
  /** How long recordings are kept. */
  readonly retentionMs: number;
  /** Called for a task that nobody took and that does not come back, before that is noted. */
  readonly onEndedUnseen: (end: TaskEnd) => void;
}

/**
 * `comes-back`: it must be delivered now. `ended-unseen`: it does not come back, and a person must look. `over`:
 * an agent had it, or a flow that the voicemail names ended it, or it was of a test voicemail. `passed-on`: an agent
 * transferred it. `known`: that is noted. `not-ours`: it is not the task that was delivered. `outdated`: the end is
 * long ago.
 */
export type TaskEndOutcome =
  | 'comes-back'
  | 'ended-unseen'
  | 'over'
  | 'passed-on'
  | 'known'
  | 'not-ours'
  | 'outdated';

/**
 * Amazon Connect sends a contact's record again whenever it changes, for 24 months. Records wait at most a day in
 * the stream, and messages as long in the queue.
 */
const LATEST_MS = 3 * 86_400_000;
/** The delivery that started the task notes it within seconds, or its next try does. */
const NOTED_WITHIN_MS = 60_000;

/**
 * Notes how the task of a voicemail ended. If nobody had taken it, the voicemail comes back, once: the ledger opens
 * it for another delivery, and `sweep` pushes it on if that is lost.
 *
 * A record can come before the ledger knows of the task: then throws RetryableError NOT_READY. Every record can come
 * twice.
 */
export async function noteTaskEnd(end: TaskEnd, ports: NoteTaskEndPorts): Promise<TaskEndOutcome> {
  const nowMs = ports.now();
  if (nowMs - end.endedAtMs > LATEST_MS) return 'outdated';
  const entry = await ports.findEntry(end.contactId);
  // A test voicemail is removed while the record of its task is on its way.
  if (entry?.voicemail.isTest || (!entry && end.isTest)) return 'over';
  // Who erased it has ended its task.
  if (entry?.erasedAtMs !== undefined) return 'over';
  if (!entry) return end.hasAgent ? 'not-ours' : unseen(end, ports);
  const { deliveredAs, deliveredId, taskEnd, returnedAtMs, voicemail } = entry;
  if (taskEnd?.taskId === end.taskId) return deliveredAs === undefined ? 'comes-back' : 'known';
  if (deliveredId === undefined) {
    throw new RetryableError('NOT_READY', 'a task ended whose delivery is not noted yet', {
      retryWithinMs: NOTED_WITHIN_MS,
    });
  }
  if (!end.taskIds.includes(deliveredId)) return 'not-ours';

  const ending = taskEnding(end, voicemail.attributes);
  // Before the end is noted: after that, nobody looks at it again.
  if (ending !== 'nobody')
    await noteFollowUp({ contactId: end.contactId, events: followUpsOfTask(end, ending) }, ports);
  if (end.isPassedOn) return 'passed-on';
  // Who handled it otherwise has ended its task.
  const isUnseen = ending === 'nobody' && followUpOf(entry.followUps).stage !== 'handled';
  const isKept = nowMs - voicemail.endedAtMs < ports.retentionMs;
  if (isUnseen && isKept && returnedAtMs === undefined) {
    if (await ports.noteReturn(end, nowMs + DUE_AFTER_MS.delivery)) return 'comes-back';
    throw new RetryableError('NOT_READY', 'another delivery of this voicemail came first');
  }
  const outcome = isUnseen ? unseen(end, ports) : 'over';
  await ports.noteTaskEnd(end);
  return outcome;
}

function unseen(end: TaskEnd, ports: NoteTaskEndPorts): TaskEndOutcome {
  ports.onEndedUnseen(end);
  return 'ended-unseen';
}
