import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { GuideScreen } from '../routing/guide-screen.ts';
import type { Routing } from '../routing/routing.ts';
import type { Voice } from '../voice/voice.ts';
import type { User, World } from '../world.ts';
import type { FlowFunctions } from './flow-functions.ts';
import type { FlowStore, StoredFlow } from './flow-store.ts';
import type { ViewStore } from './view-store.ts';

/** What flows use of the instance. */
export interface FlowParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly world: World;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly views: ViewStore;
  readonly functions: FlowFunctions;
  readonly routing: Routing;
  /** An action that is not simulated ends the flow. Absent or false: the action takes its error branch. */
  readonly isStrict?: boolean;
  /** Who hears the flow: the caller, or in flows for agents the agent. Undefined: nobody is on the line. */
  readonly voiceOf: (contact: Contact) => Voice | undefined;
  /** Undefined: the contact is no guide. */
  readonly guideOf: (contact: Contact) => GuideScreen | undefined;
  /**
   * Whether hours of operation, by id or ARN, or those of a queue are open now. Undefined: there are no
   * hours, as for an agent's queue.
   */
  readonly isOpen: (of: { readonly hoursId: string } | { readonly queueArn: string }) => boolean | undefined;
}

/** What to run: a flow, for a contact. */
export interface FlowStart {
  readonly flow: StoredFlow;
  readonly contact: Contact;
  /** In whisper and hold flows, and guides: the agent who has or gets the contact. */
  readonly agent?: User;
}
