/**
 * Warnings that cannot know their contact, and the field that each names instead. If the contact is known,
 * such a line has it too.
 */
const INSTEAD: Readonly<Record<string, string>> = {
  // A record or message that cannot be read: the shard's or the queue's name for it.
  'contact record parked': 'sequenceNumber',
  'contact record could not be parked': 'sequenceNumber',
  'contact record will be retried': 'sequenceNumber',
  'message parked': 'messageId',
  'message could not be parked': 'messageId',
  // Another program sends with our configuration set.
  'a mail did not arrive, or was not wanted': 'mail',
  // A guide that asks for nobody: the contact that the guide is shown in.
  'voicemail asked for by a guide': 'guideContactId',
};

/** The warnings and errors among these log lines that do not name their voicemail. */
export function warningsWithoutContact(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => {
    const fields = fieldsOf(line);
    if (fields?.['level'] !== 'WARN' && fields?.['level'] !== 'ERROR') return false;
    const instead = INSTEAD[String(fields['message'])];
    return !isNamed(fields['contactId']) && !(instead && isNamed(fields[instead]));
  });
}

function isNamed(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Undefined for a line that is not a JSON object. */
function fieldsOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
