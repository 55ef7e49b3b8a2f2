import type { Happening, Happenings } from '../happenings.ts';
import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { SimulatedSes } from '../services/ses/ses.ts';

interface ScopeParts {
  readonly happenings: Happenings;
  readonly connect: Pick<SimulatedConnect, 'contact' | 'tasks'>;
  readonly ses: Pick<SimulatedSes, 'mails'>;
}

/** The happenings of one call alone, of all that a simulator has: its own, its task's, its mail's and its objects'. */
export interface CallScope extends Pick<Happenings, 'listen'> {
  /** Whether a contact belongs to the call: the call itself, its task, and its guide. */
  readonly has: (contactId: string) => boolean;
}

export function callScope(contactId: string, { happenings, connect, ses }: ScopeParts): CallScope {
  const contacts = new Set([contactId]);

  function isOurs(happening: Happening): boolean {
    switch (happening.kind) {
      case 'task-created': {
        const task = connect.tasks().find((one) => one.contactId === happening.contactId);
        return [task?.relatedContactId, task?.previousContactId].some((id) => contacts.has(id ?? ''));
      }
      case 'guide':
        return contacts.has(happening.sourceContactId);
      case 'mail-sent': {
        const mail = ses.mails().find(({ messageId }) => messageId === happening.messageId);
        return Object.values(mail?.headers ?? {}).some((value) => contacts.has(value));
      }
      case 'object-created':
        return named(happening.key);
      case 'transcription-job':
        return named(happening.jobName);
      case 'log':
        return named(happening.line);
      case 'notification':
      case 'invocation':
      case 'api-call':
      case 'dead-letter':
        return happening.about.some((id) => contacts.has(id));
      case 'throttle':
      case 'alarm':
        return false;
      case 'ring':
      case 'hang-up':
      case 'heard':
      case 'caller':
      case 'flow-log':
      case 'flow-failed':
      case 'prompt-refused':
      case 'not-simulated':
      case 'agent':
      case 'contact-record':
        return isOurContact(happening.contactId);
    }
  }

  /** A caller who is moved to another queue goes on as another contact. */
  function isOurContact(id: string): boolean {
    return contacts.has(id) || contacts.has(connect.contact(id).previousContactId ?? '');
  }

  const named = (text: string) => [...contacts].some((id) => text.includes(id));
  return {
    has: (id) => contacts.has(id),
    listen: (listener) =>
      happenings.listen((happening) => {
        if (!isOurs(happening)) return;
        if ('contactId' in happening) contacts.add(happening.contactId);
        listener(happening);
      }),
  };
}
