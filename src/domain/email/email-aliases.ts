import type { Value } from './email-template-values.ts';

/**
 * Names in the templates of the Voicemail Express that is written in Python, and our variable of the same meaning.
 * Undefined: there is none yet, so it is empty.
 *
 * Source: github.com/amazon-connect/voicemail-express-amazon-connect, `Docs/vmx_email.md` and
 * `CloudFormation/vmx3-ses-setup.yaml` of its releases 2024.09.01 and 2025.09.14. `callback_number` of 2024 is a name
 * of ours too.
 */
export const ALIASES: Readonly<Record<string, string | undefined>> = {
  vmx3_from: 'caller',
  vmx3_transcript_contents: 'transcript',
  vmx3_presigned_url: 'link',
  vmx3_queue_name: 'queue',
  vmx3_agent_name: 'agent',
  vmx3_datetime: 'time',
  vmx3_lang: 'language',
  vmx3_genai_summary: undefined,
  transcript_contents: 'transcript',
  presigned_url: 'link',
  entity_name: 'recipient',
};

/** Our variables under their other names as well. An attribute of the contact cannot replace those either. */
export function withAliases(ours: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const aliases = Object.entries(ALIASES).map(
    ([alias, name]) => [alias, (name && ours[name]) ?? ''] as const,
  );
  return { ...ours, ...Object.fromEntries(aliases) };
}
