import * as z from 'zod';
import { PermanentError } from '../domain/errors.ts';
import { contactIdSchema, faultsOf } from '../domain/voicemail.ts';
import type { Log } from '../log.ts';

export interface PresignRecordingDeps {
  readonly makeLink: (call: { contactId: string; endedAtMs: number }) => Promise<string>;
  readonly log: Log;
}

const requestSchema = z.object({ contactId: contactIdSchema, endedAtMs: z.number() });

/** Invoked by `deliver-voicemail`: `{ contactId, endedAtMs }` in, `{ url }` out. */
export function presignRecordingHandler({ makeLink, log }: PresignRecordingDeps) {
  return async (event: unknown): Promise<{ url: string }> => {
    const request = requestSchema.safeParse(event);
    if (!request.success) {
      throw new PermanentError('MALFORMED_EVENT', `not a request for a link: ${faultsOf(request.error)}`);
    }
    const { contactId } = request.data;
    const url = await makeLink(request.data).catch((error: unknown) => {
      log.error('recording link could not be made', { contactId, error });
      throw error;
    });
    log.info('recording link made', { contactId });
    return { url };
  };
}
