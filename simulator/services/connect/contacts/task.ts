import type { Contact, Reference } from './contact.ts';

/** A task as the agents of its queue see it. */
export interface Task {
  readonly contactId: string;
  readonly name: string;
  readonly description: string;
  readonly references: Readonly<Record<string, Reference>>;
  /** As they are now. A task chained to a call shows the call's as well: they are the same. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly queueArn: string;
  readonly previousContactId?: string;
  readonly relatedContactId?: string;
  readonly createdAtMs: number;
  /** Absent while the task is open. */
  readonly endedAtMs?: number;
}

/** Undefined for contacts that are no task, and for tasks that never reached a queue. */
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
