/**
 * The contact attributes that flows and the pipeline agree on. A flow sets them,
 * the contact record carries them, and the pipeline reads them.
 */
export const VOICEMAIL_ATTRIBUTES = [
  /** `1`: this contact is a voicemail. */
  'vmx3_flag',
  /** The number to call back, E.164. Of a task: empty if it was withheld. */
  'vmx3_from',
  /** Of a task: what to dial once somebody answers. */
  'vmx3_from_extension',
  /** The queue, or an agent's queue (`…/queue/agent/<id>`), that the voicemail is for. */
  'vmx3_queue_arn',
  /** What the caller speaks, as Amazon Transcribe codes it, or `auto`. */
  'vmx3_lang',
  /** `task`, `guided_task` or `email`. */
  'vmx3_mode',
  'vmx3_task_flow',
  'vmx3_guided_task_flow',
  /** `agent` or `queue`: whether `vmx3_preferred_agent`, a user name, is asked before the queue. */
  'vmx3_target',
  'vmx3_preferred_agent',
  /** Of a task whose `vmx3_target` is `agent`: the user id of the agent who is asked first. */
  'vmx3_preferred_agent_id',
  /** Where the message starts in an IVR recording. */
  'vmx3_timestamp',
  'vmx3_do_genai_summary',
  /** Of a task: the contact that the voicemail is from. */
  'vmx3_contact_id',
  'email_from',
  'email_to',
  'email_template',
  'vmx3_email_from',
  'vmx3_email_to',
  'vmx3_email_template',
] as const;

export type VoicemailAttribute = (typeof VOICEMAIL_ATTRIBUTES)[number];

/** The path of one of them. */
export function attribute<const Name extends VoicemailAttribute>(name: Name): `$.Attributes.${Name}` {
  return `$.Attributes.${name}`;
}
