import type { MailEvent } from '../domain/queue-messages.ts';
import type { LedgerPorts } from './ports.ts';

export interface NoteMailEventPorts extends Pick<LedgerPorts, 'noteMailSent'> {
  /** Called for a mail that did not arrive, or was not wanted. */
  readonly onMailLost: (event: MailEvent) => void;
}

/**
 * Handles SES's event about an accepted mail. "Sent" matters if SES's answer was lost: the waiting delivery
 * then knows. Every other event is reported for people.
 */
export async function noteMailEvent(event: MailEvent, ports: NoteMailEventPorts): Promise<void> {
  const { kind, contactId, messageId } = event;
  if (kind !== 'Send') ports.onMailLost(event);
  else if (contactId !== undefined) await ports.noteMailSent(contactId, messageId);
}
