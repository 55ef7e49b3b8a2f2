import type { Contact, Reference } from './contact.ts';

/** A task as the agents of its queue see it. */
export interface Task {
  readonly contactId: string;
  readonly name: string;
  readonly description: string;
  readonly references: Readonly<Record<string, Reference>>;
  /** The current attributes. A task that is chained to a call has the same ones as the call. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly queueArn: string;
  readonly previousContactId?: string;
  readonly relatedContactId?: string;
  readonly createdAtMs: number;
  /** Absent while the task is open. */
  readonly endedAtMs?: number;
}

/** Undefined for contacts that are not tasks, and for tasks that never reached a queue. */
export function findTask(contact: Contact): Task | undefined {
  const { queueStay, previousContactId, relatedContactId, endedAtMs } = contact;
  if (contact.channel !== 'TASK' || !queueStay) return undefined;
  return {
    contactId: contact.id,
    name: contact.name ?? '',
    description: contact.description ?? '',
    references: contact.references,
    attributes: Object.fromEntries(contact.attributes),
    queueArn: queueStay.queue.arn,
    ...(previousContactId !== undefined && { previousContactId }),
    ...(relatedContactId !== undefined && { relatedContactId }),
    createdAtMs: contact.initiatedAtMs,
    ...(endedAtMs !== undefined && { endedAtMs }),
  };
}
