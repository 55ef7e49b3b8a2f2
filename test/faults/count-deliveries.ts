import type { Simulator } from '../../simulator/simulator.ts';

/** How voicemails end, as an agent and a caller would count them. */
export interface Count {
  readonly voicemails: number;
  /** No task stands for them. */
  readonly lost: readonly string[];
  /** More than one does. */
  readonly doubled: readonly string[];
  /** Delivered without the words, or without the recording. */
  readonly withoutTranscript: readonly string[];
  readonly withoutRecording: readonly string[];
  /** Delivered, and still marked as new voicemails. */
  readonly flagged: readonly string[];
}

/** Counts from the outside: tasks in the contact center against callers. */
export function countDeliveries({ connect }: Simulator, contactIds: readonly string[], said: string): Count {
  const tasks = Map.groupBy(connect.tasks(), ({ relatedContactId }) => relatedContactId);
  const tasksOf = (contactId: string) => tasks.get(contactId) ?? [];
  const without = (missing: (task: ReturnType<typeof tasksOf>[number]) => boolean) =>
    contactIds.filter((contactId) => tasksOf(contactId).some(missing));
  return {
    voicemails: contactIds.length,
    lost: contactIds.filter((contactId) => tasksOf(contactId).length === 0),
    doubled: contactIds.filter((contactId) => tasksOf(contactId).length > 1),
    withoutTranscript: without(({ description }) => description !== said),
    withoutRecording: without(({ references }) => !references['Recording']),
    flagged: contactIds.filter((contactId) => connect.contact(contactId).attributes['vmx3_flag'] !== '0'),
  };
}
