import { QUEUE_EMAIL_TAG } from '../../src/domain/contact-attributes.ts';

/**
 * Names that flows, tasks and email templates of Voicemail Express of 2024 and 2025 have, and what
 * to say of them to somebody who brings such a flow. Of those that also mean something here,
 * `src/domain/contact-attributes.ts` has the table.
 *
 * Source: github.com/amazon-connect/voicemail-express-amazon-connect, contact flows and documentation.
 */
const FORMER_ATTRIBUTES: Readonly<Record<string, string>> = {
  vmx3_do_genai_summary: 'No summaries are made.',
  vmx3_genai_summary: 'No summaries are made.',
  vmx3_callback_number: 'A task has the number to call back in vmx3_from.',
  vmx3_transcript: 'The transcript is in the description of the task and in the guide.',
  vmx3_transcript_contents: 'An email template has the transcript as {{transcript}}.',
  vmx3_presigned_url: 'The link is the reference "Recording" of the task, and {{link}} in an email template.',
  vmx3_source_queue: 'The name of the task says whom the voicemail is for.',
  vmx3_queue_name: 'An email template has the name of the queue as {{queue}}.',
  vmx3_agent_name: 'An email template has the name of the agent as {{agent}}.',
  vmx3_datetime: 'The reference "Received" of the task says when the call came in.',
};

/** What there is instead of a name that has no effect, as a sentence; undefined if nothing is known of the name. */
export function formerMeaning(name: string): string | undefined {
  if (name === QUEUE_EMAIL_TAG) return 'It is a tag of queues; for one call there is vmx3_email_to.';
  return Object.hasOwn(FORMER_ATTRIBUTES, name) ? FORMER_ATTRIBUTES[name] : undefined;
}
