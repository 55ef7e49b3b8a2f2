import * as z from 'zod/mini';
import { contactIdSchema } from '../domain/voicemail.ts';
import { oneLine } from '../domain/clean-text.ts';
import { noteWithin, OUTCOMES } from '../domain/follow-up.ts';
import type { FollowUpPush } from '../domain/task-follow-up.ts';
import type { VoicemailView } from '../domain/voicemail-view.ts';
import type { Log } from '../log.ts';
import type { ShowOutcome, ShowRequest } from '../steps/show-voicemail.ts';

export interface ShowVoicemailDeps {
  readonly show: (request: ShowRequest) => Promise<ShowOutcome>;
  /** Notes, later, what the agent says of the voicemail. */
  readonly tellFollowUp: (push: FollowUpPush) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
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
    Parameters: z.object({
      contact_id: z.catch(z.optional(contactIdSchema), undefined),
      action: z.catch(z.optional(z.string()), undefined),
      outcome: z.catch(z.optional(z.string()), undefined),
      note: z.catch(z.optional(z.string()), undefined),
      agent: z.catch(z.optional(z.string()), undefined),
    }),
  }),
});

type Details = z.infer<typeof eventSchema>['Details'];

/**
 * Invoked by the agent's guide with the parameter `contact_id`: the voicemail's. Returns the view's data.
 *
 * With the parameter `action`, `heard` or `handled`, it is noted that the agent heard the voicemail or is done with
 * it: `outcome` is one of OUTCOMES, `note` the agent's words, `agent` who it is. Then it returns `noted`, `true` or
 * `false`, and a `message` for the agent.
 */
export function showVoicemailHandler(deps: ShowVoicemailDeps) {
  const { show, log } = deps;
  return async (event: unknown): Promise<VoicemailView | Noted> => {
    const details = eventSchema.safeParse(event).data?.Details;
    if (details?.Parameters.action) return noteAction(details, deps);
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

/** What the flow gets: all are texts. */
interface Noted extends Readonly<Record<string, string>> {
  readonly noted: 'true' | 'false';
  readonly message: string;
}

async function noteAction(details: Details, { tellFollowUp, now, log }: ShowVoicemailDeps): Promise<Noted> {
  const { contact_id: contactId, action = '', ...said } = details.Parameters;
  const guideContactId = details.ContactData.ContactId;
  const about = { contactId, guideContactId };
  const words = WORDS[action === 'handled' ? 'handled' : 'heard'];
  const outcome = OUTCOMES.find((one) => one === (said.outcome ?? 'unsaid'));
  const isKnown = action === 'heard' || (action === 'handled' && outcome !== undefined);
  if (contactId === undefined || !isKnown) {
    log.warn('a guide says something of a voicemail that is not known here', about);
    return { noted: 'false', message: 'This could not be noted.' };
  }
  const atMs = now();
  const by = oneLine(said.agent?.trim() ?? '').slice(0, LONGEST_NAME_CHARS);
  const note = noteWithin(said.note ?? '');
  const event = {
    // Flows repeat a call whose answer is lost; an agent says a second thing later.
    id: `guide:${guideContactId ?? ''}:${action}:${Math.floor(atMs / 60_000)}`,
    kind: action,
    at: 'guide',
    atMs,
    ...(by && { by }),
    ...(action === 'handled' && { outcome, ...(note && { note }) }),
  };
  await tellFollowUp({ push: 'follow-up', contactId, events: [event] }).catch((error: unknown) => {
    log.error('what a guide said could not be passed on', { ...about, error });
    throw error;
  });
  log.info('a guide says something of a voicemail', about);
  return { noted: 'true', message: words };
}

const WORDS = { heard: 'Noted: heard.', handled: 'Noted: done.' } as const;
/** That of an ARN. */
const LONGEST_NAME_CHARS = 200;

function bytesOf(attributes: Readonly<Record<string, string>>): number {
  return Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}
