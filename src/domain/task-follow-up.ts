import * as z from 'zod/mini';
import { type FollowUpEvent, followUpEventSchema, type NewFollowUpEvent } from './follow-up.ts';
import type { TaskEnd, TaskEnding } from './task-end.ts';
import { contactIdSchema } from './voicemail.ts';

/** What happened to a voicemail after its delivery, as a queue message brings it. */
export interface FollowUpNews {
  readonly contactId: string;
  readonly events: readonly FollowUpEvent[];
  /**
   * The task that it happened by, and those before it. It counts only if one of them is what was delivered: a flow can
   * relate other tasks to a call. Absent: it did not happen by a task.
   */
  readonly taskIds?: readonly string[] | undefined;
}

const pushSchema = z.object({
  push: z.literal('follow-up'),
  contactId: contactIdSchema,
  events: z.readonly(z.array(followUpEventSchema)),
  taskIds: z.optional(z.readonly(z.array(contactIdSchema))),
});

export type FollowUpPush = z.infer<typeof pushSchema>;

const time = z.pipe(
  z.iso.datetime(),
  z.transform((text) => Date.parse(text)),
);
const contactIdIfAny = z.catch(z.optional(contactIdSchema), undefined);

/**
 * An agent accepted a task. Such events come at best effort, in seconds; the task's contact record says the same at its
 * end. Tasks of others have them too.
 *
 * Source: Amazon Connect administrator guide, "Contact events".
 */
const taskTakenSchema = z.object({
  'detail-type': z.literal('Amazon Connect Contact Event'),
  detail: z.object({
    eventType: z.literal('CONNECTED_TO_AGENT'),
    channel: z.literal('TASK'),
    contactId: contactIdSchema,
    initialContactId: contactIdIfAny,
    previousContactId: contactIdIfAny,
    /** The voicemail's contact, if the task is ours. */
    relatedContactId: contactIdIfAny,
    agentInfo: z.object({ agentArn: z.optional(z.string()), connectedToAgentTimestamp: time }),
  }),
});

/** Undefined if the message is something else. */
export function followUpNewsIn(message: unknown): FollowUpNews | undefined {
  const pushed = pushSchema.safeParse(message).data;
  if (pushed) return pushed;
  const { detail } = taskTakenSchema.safeParse(message).data ?? {};
  if (detail?.relatedContactId === undefined) return undefined;
  const { contactId: taskId, initialContactId, previousContactId, agentInfo } = detail;
  const { agentArn: by, connectedToAgentTimestamp: atMs } = agentInfo;
  return {
    contactId: detail.relatedContactId,
    events: [takenEvent({ taskId, atMs, by })],
    taskIds: [taskId, initialContactId, previousContactId].filter((id) => id !== undefined),
  };
}

/** What the record of a task says of its voicemail, if an agent had it, or a flow that the voicemail names. */
export function followUpsOfTask(end: TaskEnd, ending: TaskEnding): readonly NewFollowUpEvent[] {
  const { taskId, acceptedAtMs, agentArn: by, reason } = end;
  if (ending === 'nobody') return [];
  const over = { at: 'task', taskId, atMs: toTheEndOfTheSecond(end.endedAtMs), ...(by && { by }) } as const;
  const goesOn = end.isPassedOn === true || reason === 'EXPIRED';
  return [
    ...(acceptedAtMs === undefined ? [] : [takenEvent({ taskId, atMs: acceptedAtMs, by })]),
    goesOn
      ? { ...over, id: `${taskId}:released`, kind: 'released' }
      : { ...over, id: `${taskId}:handled`, kind: 'handled', outcome: 'unsaid' },
  ];
}

/** The same id, whether the event or the record comes first. */
function takenEvent({ taskId, atMs, by }: { taskId: string; atMs: number; by: string | undefined }) {
  return { id: `${taskId}:taken`, kind: 'taken', at: 'task', taskId, atMs, ...(by && { by }) } as const;
}

/** Contact records have whole seconds, and events milliseconds: an end must not come before its beginning. */
function toTheEndOfTheSecond(timeMs: number): number {
  return timeMs % 1000 === 0 ? timeMs + 999 : timeMs;
}
