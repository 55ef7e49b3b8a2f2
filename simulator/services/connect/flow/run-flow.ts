import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contact.ts';
import type { Contacts } from '../contacts.ts';
import type { GuideScreen } from '../routing/guide-screen.ts';
import type { Routing } from '../routing/routing.ts';
import type { Voice } from '../voice/voice.ts';
import type { User, World } from '../world.ts';
import type { FlowFunctions } from './flow-functions.ts';
import type { FlowRun } from './flow-run.ts';
import type { FlowStore, StoredFlow } from './flow-store.ts';
import type { ViewStore } from './view-store.ts';

/** What flows work with. */
export interface FlowParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly world: World;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly views: ViewStore;
  readonly functions: FlowFunctions;
  readonly routing: Routing;
  /** Undefined: nobody is on the line. */
  readonly voiceOf: (contact: Contact) => Voice | undefined;
  /** Undefined: the contact is no guide. */
  readonly guideOf: (contact: Contact) => GuideScreen | undefined;
  /**
   * Whether hours of operation, by id or ARN, or those of a queue are open now.
   * Undefined: there are none, as for an agent's queue.
   */
  readonly isOpen: (of: { readonly hoursId: string } | { readonly queueArn: string }) => boolean | undefined;
}

/** What to run: a flow, for a contact. */
export interface FlowStart {
  readonly flow: StoredFlow;
  readonly contact: Contact;
  /** Of whisper and hold flows, and guides: who has the contact, or is about to. */
  readonly agent?: User;
}

/**
 * Runs a flow for a contact, until it is over.
 *
 * Where the flow disconnects, or cannot be run on, the contact is ended with
 * CONTACT_FLOW_DISCONNECT before `ended` settles.
 */
export function runFlow({ flow, contact }: FlowStart, { happenings, clock, contacts }: FlowParts): FlowRun {
  const error = new Error(`${flow.name}: flows are not run yet`);
  happenings.tell({
    kind: 'flow-failed',
    atMs: clock.now(),
    contactId: contact.id,
    flowName: flow.name,
    message: error.message,
  });
  contacts.end(contact, 'CONTACT_FLOW_DISCONNECT');
  return { ended: Promise.resolve({ kind: 'failed', error }), stop: () => undefined };
}
