import * as z from 'zod/mini';
import { contactIdSchema } from '../domain/voicemail.ts';
import type { VoicemailView } from '../domain/voicemail-view.ts';
import type { Log } from '../log.ts';
import type { ShowOutcome, ShowRequest } from '../steps/show-voicemail.ts';

export interface ShowVoicemailDeps {
  readonly show: (request: ShowRequest) => Promise<ShowOutcome>;
  readonly log: Log;
}

/**
 * The members of a flow's "Invoke Lambda" event that are used. Missing or invalid ones are undefined: then
 * the view says so.
 *
 * Source: Amazon Connect administrator guide, "Invoke Lambda functions".
 */
const eventSchema = z.object({
  Details: z.object({
    ContactData: z.object({
      ContactId: z.catch(z.optional(contactIdSchema), undefined),
      InstanceARN: z.string(),
      Attributes: z.catch(z.nullish(z.record(z.string(), z.string())), undefined),
    }),
    Parameters: z.object({ contact_id: z.catch(z.optional(contactIdSchema), undefined) }),
  }),
});

/** Invoked by the agent's guide with the parameter `contact_id`: the voicemail's. Returns the view's data. */
export function showVoicemailHandler({ show, log }: ShowVoicemailDeps) {
  return async (event: unknown): Promise<VoicemailView> => {
    const details = eventSchema.safeParse(event).data?.Details;
    const contactId = details?.Parameters.contact_id;
    const about = { contactId, guideContactId: details?.ContactData.ContactId };
    const request = {
      contactId,
      instanceArn: details?.ContactData.InstanceARN,
      attributeBytes: bytesOf(details?.ContactData.Attributes ?? {}),
    };
    const { kind, view } = await show(request).catch((error: unknown) => {
      log.error('voicemail could not be shown', { ...about, error });
      throw error;
    });
    const level = kind === 'shown' ? 'info' : 'warn';
    log[level]('voicemail asked for by a guide', { ...about, outcome: kind });
    return view;
  };
}

function bytesOf(attributes: Readonly<Record<string, string>>): number {
  return Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}
