import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import { inBackground } from '../../../in-background.ts';
import type { Contact } from '../contact.ts';
import type { Contacts } from '../contacts.ts';
import type { GuideScreen } from '../routing/guide-screen.ts';
import type { Routing } from '../routing/routing.ts';
import type { Voice } from '../voice/voice.ts';
import type { User, World } from '../world.ts';
import type { FlowFunctions } from './flow-functions.ts';
import type { FlowEnd, FlowRun } from './flow-run.ts';
import type { FlowStore, StoredFlow } from './flow-store.ts';
import { runActions } from './run-actions.ts';
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
  /** Who hears the flow: the caller, or in flows for agents the agent. Undefined: nobody is on the line. */
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
 * Runs a flow for a contact, until it is over. Its first action runs after the
 * answer, not before.
 *
 * Where the flow disconnects, or cannot be run on, the contact is ended with
 * CONTACT_FLOW_DISCONNECT before `ended` settles. So it is where a flow that takes
 * contacts in comes to an end that leaves the contact nowhere.
 *
 * What it does not run ends a flow with an error that names the action: cases, customer
 * profiles, Voice ID, Connect assistant, data tables, message templates, outbound
 * calls and emails, authentication, in-flight processing of messages; encrypted input;
 * task templates, and tasks for a time of day; routing by proficiency; input, output
 * and branches of modules; loading what an asynchronous function answered; hooks that
 * are turned off.
 *
 * Source: Amazon Connect API reference, "Flow language"; administrator guide, "Flow
 * block definitions".
 */
export function runFlow(start: FlowStart, parts: FlowParts): FlowRun {
  const cutOff = new AbortController();
  const signal = AbortSignal.any([cutOff.signal, start.contact.lifetime.signal]);
  return { ended: runToEnd(start, parts, signal), stop: () => cutOff.abort() };
}

async function runToEnd(start: FlowStart, parts: FlowParts, signal: AbortSignal): Promise<FlowEnd> {
  const { contact, flow } = start;
  const { clock, contacts, happenings } = parts;
  await Promise.resolve();
  try {
    const end = await runActions(start, { parts, signal, start: startOther });
    if (end.kind === 'disconnected') contacts.end(contact, 'CONTACT_FLOW_DISCONNECT');
    return end;
  } catch (thrown) {
    if (signal.aborted) return { kind: 'stopped' };
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    happenings.tell({
      kind: 'flow-failed',
      atMs: clock.now(),
      contactId: contact.id,
      flowName: flow.name,
      message: error.message,
    });
    contacts.end(contact, 'CONTACT_FLOW_DISCONNECT');
    return { kind: 'failed', error };
  }

  function startOther(otherFlow: StoredFlow, otherContact: Contact): void {
    inBackground(runFlow({ flow: otherFlow, contact: otherContact }, parts).ended);
  }
}
