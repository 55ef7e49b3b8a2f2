import type { MailEvent } from '../domain/queue-messages.ts';
import type { LedgerPorts } from './ports.ts';

export interface NoteMailEventPorts extends Pick<LedgerPorts, 'noteMailSent'> {
  /** Told of a mail that did not arrive, or was not wanted. */
  readonly onMailLost: (event: MailEvent) => void;
}

/**
 * What SES says of a mail after it took it. That it was sent matters where its answer to
 * us was lost: the delivery that waits for it then knows. Anything else is for people.
 */
export async function noteMailEvent(event: MailEvent, ports: NoteMailEventPorts): Promise<void> {
  const { kind, contactId, messageId } = event;
  if (kind !== 'Send') ports.onMailLost(event);
  else if (contactId !== undefined) await ports.noteMailSent(contactId, messageId);
}
