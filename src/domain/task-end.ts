import * as z from 'zod/mini';
import { attributeOf } from './contact-attributes.ts';
import { contactIdSchema } from './voicemail.ts';

/**
 * The end of a voicemail's task, or of the part of it that one agent had, as Amazon Connect's contact record of it
 * says.
 */
export const taskEndSchema = z.object({
  /** The voicemail's contact: the attribute `vmx3_contact_id`. */
  contactId: contactIdSchema,
  /** The contact that ended. After a transfer to another queue it is not the one that was started. */
  taskId: contactIdSchema,
  /** This contact, and those before it that the record names. */
  taskIds: z.readonly(z.array(contactIdSchema)),
  endedAtMs: z.number(),
  /** Whether an agent had accepted it. */
  hasAgent: z.boolean(),
  /** Who had accepted it, as an ARN, and when, if the record says so. */
  agentArn: z.optional(z.string()),
  acceptedAtMs: z.optional(z.number()),
  /** Set if it goes on as another contact: the agent transferred it. */
  isPassedOn: z.optional(z.boolean()),
  /** Amazon Connect's word: `EXPIRED`, `CONTACT_FLOW_DISCONNECT`, and others that may come. Unknown: empty. */
  reason: z.string(),
  /** Set for the task of a test voicemail: the attribute `vmx3_test`. */
  isTest: z.optional(z.boolean()),
});

export type TaskEnd = Readonly<z.infer<typeof taskEndSchema>>;

/** The members of a contact record that tell of a task's end. */
interface TaskRecord {
  readonly ContactId: string;
  readonly Agent?: Readonly<Record<string, unknown>> | null | undefined;
  readonly Attributes?: Readonly<Record<string, string>> | null | undefined;
  readonly DisconnectTimestamp?: number | null | undefined;
  readonly DisconnectReason?: string | null | undefined;
  readonly InitialContactId?: string | null | undefined;
  readonly PreviousContactId?: string | null | undefined;
  readonly NextContactId?: string | null | undefined;
}

/** What cannot be read counts as absent: that there was an agent is what matters. */
const agentSchema = z.object({
  ARN: z.catch(z.optional(z.string()), undefined),
  ConnectedToAgentTimestamp: z.catch(
    z.optional(
      z.pipe(
        z.iso.datetime(),
        z.transform((text) => Date.parse(text)),
      ),
    ),
    undefined,
  ),
});

/** As Amazon Connect writes them. */
const REASON = /^[A-Z_]{1,64}$/;

/**
 * The end of a task that names a voicemail; undefined if it names none, or goes on in another contact and no agent had
 * it.
 * Whether it is the task of that voicemail, the ledger knows: a flow can copy attributes to other tasks.
 */
export function taskEndIn(record: TaskRecord): TaskEnd | undefined {
  const {
    ContactId: taskId,
    Agent,
    DisconnectTimestamp: endedAtMs,
    DisconnectReason,
    NextContactId,
  } = record;
  const contactId = contactIdSchema.safeParse(attributeOf(record.Attributes ?? {}, 'vmx3_contact_id')).data;
  if (contactId === undefined || typeof endedAtMs !== 'number') return undefined;
  const hasAgent = Object.keys(Agent ?? {}).length > 0;
  if (NextContactId && !hasAgent) return undefined;
  const { ARN: agentArn, ConnectedToAgentTimestamp: acceptedAtMs } = agentSchema.parse(Agent ?? {});
  const before = [record.InitialContactId, record.PreviousContactId].flatMap(
    (id) => contactIdSchema.safeParse(id).data ?? [],
  );
  return {
    contactId,
    taskId,
    taskIds: [...new Set([taskId, ...before])],
    endedAtMs,
    hasAgent,
    ...(agentArn && { agentArn }),
    ...(acceptedAtMs !== undefined && { acceptedAtMs }),
    ...(NextContactId && { isPassedOn: true }),
    ...(attributeOf(record.Attributes ?? {}, 'vmx3_test') === '1' && { isTest: true }),
    reason: REASON.test(DisconnectReason ?? '') ? (DisconnectReason ?? '') : '',
  };
}

/** Who ended the task of a voicemail. */
export type TaskEnding = 'agent' | 'own-flow' | 'nobody';

/**
 * An agent who accepted a task has seen it, however it ended. A contact flow that the voicemail names may do
 * with it what it likes, and end it. Any other task that ends was seen by nobody: it expired, no queue took
 * it, or somebody ended it by the API.
 */
export function taskEnding(
  { hasAgent, reason }: TaskEnd,
  attributes: Readonly<Record<string, string>>,
): TaskEnding {
  if (hasAgent) return 'agent';
  const named = (['vmx3_task_flow', 'vmx3_guided_task_flow'] as const).some((name) =>
    attributeOf(attributes, name)?.trim(),
  );
  return named && reason === 'CONTACT_FLOW_DISCONNECT' ? 'own-flow' : 'nobody';
}
