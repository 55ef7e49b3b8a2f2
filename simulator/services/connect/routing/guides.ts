import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import { type Contact, newContact } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { FlowStore } from '../flow/flow-store.ts';
import type { User } from '../world.ts';
import { type AgentScreen, createGuideScreen, type GuideScreen } from './guide-screen.ts';
import type { RunFlow } from './run-port.ts';

/** Agent guides: each is a chat contact whose flow shows views. */
export interface Guides {
  /** Opens the guide of a contact that an agent has accepted. Undefined: the contact has no guide. */
  readonly open: (source: Contact, agent: User) => OpenedGuide | undefined;
  /** The screen of a guide, by the guide's own contact. */
  readonly screenOf: (guide: Contact) => GuideScreen | undefined;
}

export interface OpenedGuide {
  readonly current: AgentScreen['current'];
  readonly close: () => void;
}

export function createGuides({ clock, happenings, contacts, flows, runFlow }: GuideParts): Guides {
  const screens = new Map<string, AgentScreen>();

  return {
    screenOf: ({ id }) => screens.get(id),
    open(source, agent) {
      const flow = flows.find(guideFlowOf(source) ?? '');
      if (!flow) return undefined;
      const guide = guideContact(source, clock.now());
      const screen = createGuideScreen({ guide, sourceContactId: source.id }, { clock, happenings });
      contacts.add(guide);
      screens.set(guide.id, screen);
      void runFlow({ flow, contact: guide, agent }).ended.then(({ kind }) => {
        if (kind === 'ended') contacts.end(guide, 'CONTACT_FLOW_DISCONNECT');
      });
      return { current: screen.current, close: () => contacts.end(guide, 'AGENT_DISCONNECT') };
    },
  };
}

interface GuideParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly runFlow: RunFlow;
}

/** The flow of the event hook, or of the attribute that flows set before hooks existed. */
function guideFlowOf({ settings, attributes }: Contact): string | undefined {
  return settings.eventHooks.get('DefaultAgentUI') ?? attributes.get('DefaultFlowForAgentUI');
}

/** Like every related contact, it begins with a copy of the attributes. */
function guideContact(source: Contact, initiatedAtMs: number): Contact {
  const guide = newContact({
    id: randomUUID(),
    channel: 'CHAT',
    initiationMethod: 'API',
    initiatedAtMs,
    attributes: new Map(source.attributes),
    relatedContactId: source.id,
    segmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Guide' } },
  });
  guide.settings.isLogging = source.settings.isLogging;
  return guide;
}
