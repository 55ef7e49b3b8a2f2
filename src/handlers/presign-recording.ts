import { PermanentError } from '../domain/errors.ts';
import { contactIdSchema } from '../domain/voicemail.ts';
import type { Log } from '../log.ts';

export interface PresignRecordingDeps {
  readonly makeLink: (contactId: string) => Promise<string>;
  readonly log: Log;
}

/** Invoked by `deliver-voicemail`: `{ contactId }` in, `{ url }` out. */
export function presignRecordingHandler({ makeLink, log }: PresignRecordingDeps) {
  return async (event: { contactId?: unknown }): Promise<{ url: string }> => {
    const contactId = contactIdSchema.safeParse(event.contactId);
    if (!contactId.success)
      throw new PermanentError('MALFORMED_EVENT', 'contactId is missing or no contact id');
    const url = await makeLink(contactId.data);
    log.info('recording link made', { contactId: contactId.data });
    return { url };
  };
}
