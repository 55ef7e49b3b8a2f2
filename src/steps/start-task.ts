import type { TaskMode } from '../domain/delivery-mode.ts';
import type { Delivery } from '../domain/delivery.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { ATTACHED_TO, PLAYED_IN } from '../domain/in-words.ts';
import { keysOf, savedNameOf } from '../domain/object-keys.ts';
import { type Task, taskFor } from '../domain/task.ts';
import type { SetbackPort } from './ports.ts';

export interface TaskTarget {
  readonly contactId: string;
  readonly flowId: string;
  /** After which time Amazon Connect ends the task. */
  readonly lifeMs: number;
  /** Which delivery of the voicemail this is: 1 is the first. */
  readonly round: number;
  /** A file for the task, and the URL at which Amazon Connect reads it. */
  readonly attachment?: Attachment;
  /** Amazon Connect refused the same task with an attachment just now, and so has made none. */
  readonly isAfterRefusal?: true;
}

interface Attachment {
  readonly fileName: string;
  readonly url: string;
}

export interface TaskStartingPorts extends SetbackPort {
  /**
   * Creates a task that enters the flow, and returns its contact id. A second call with the same contact
   * and round returns the same task, with any flow, with an attachment or without. Throws PermanentError if the flow is gone, or the attachment is refused.
   */
  readonly startTask: (task: Task, target: TaskTarget) => Promise<string>;
  /** A URL at which Amazon Connect reads a recording. Absent: recordings are not attached. */
  readonly urlToAttach?: ((recordingKey: string) => Promise<string>) | undefined;
  /** Called for a task that does not have its recording attached. */
  readonly onNotAttached: (contactId: string, why: NotAttached) => void;
}

/** `urlChars`: the URL is too long for Amazon Connect. */
export type NotAttached = { readonly urlChars: number } | { readonly error: unknown };

/** Source: Amazon Connect API reference, TaskAttachment. */
const LONGEST_URL = 2000;

interface Start {
  readonly mode: TaskMode;
  readonly target: TaskTarget;
  /** Whether there is no other way to deliver the voicemail. */
  readonly isLast: boolean;
}

/**
 * Makes the task, with the recording attached if that is wanted and works.
 *
 * An attachment never stops the task. If Amazon Connect does not take both, the task is made without: at once, with the
 * same client token, so that a first try that did make a task gives that one. Only throttling is thrown, as it would
 * meet the second try too.
 *
 * Without links, a plain task is of use with its attachment alone: if it cannot have it, throws PermanentError
 * NO_ATTACHMENT, unless there is no other way.
 */
export async function startTaskFor(
  delivery: Delivery,
  { mode, target, isLast }: Start,
  ports: TaskStartingPorts,
): Promise<string> {
  const where = (places: Readonly<Record<TaskMode, string>>) =>
    delivery.isWithoutLinks && delivery.recording ? places[mode] : undefined;
  const { contactId } = target;
  const tried = await withAttachment(taskFor(delivery, where(ATTACHED_TO)), delivery, target, ports);
  if ('taskId' in tried) return tried.taskId;

  const { notAttached } = tried;
  if (mode === 'task' && where(PLAYED_IN) && ports.urlToAttach && !isLast) {
    if (notAttached) ports.onNotAttached(contactId, notAttached);
    throw new PermanentError('NO_ATTACHMENT', 'a task without its attachment could not play the recording');
  }
  const isAfterRefusal = notAttached && 'error' in notAttached && notAttached.error instanceof PermanentError;
  const taskId = await ports.startTask(taskFor(delivery, where(PLAYED_IN)), {
    ...target,
    ...(isAfterRefusal && { isAfterRefusal: true }),
  });
  if (notAttached) ports.onNotAttached(contactId, notAttached);
  return taskId;
}

/** Undefined as the reason: no attachment is wanted, or there is no recording. */
type Tried = { readonly taskId: string } | { readonly notAttached: NotAttached | undefined };

async function withAttachment(
  task: Task,
  { recording, voicemail }: Delivery,
  target: TaskTarget,
  { startTask, urlToAttach }: TaskStartingPorts,
): Promise<Tried> {
  if (!recording || !urlToAttach) return { notAttached: undefined };
  const { recordingKey } = keysOf(voicemail);
  try {
    const url = await urlToAttach(recordingKey);
    if (url.length > LONGEST_URL) return { notAttached: { urlChars: url.length } };
    const attachment = { fileName: savedNameOf(recordingKey), url };
    return { taskId: await startTask(task, { ...target, attachment }) };
  } catch (error) {
    if (error instanceof RetryableError && error.code === 'THROTTLED') throw error;
    return { notAttached: { error } };
  }
}
