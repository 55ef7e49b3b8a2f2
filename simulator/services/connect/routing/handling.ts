import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contacts/contact.ts';
import { AFTER_CONTACT_WORK_MS, type Contacts } from '../contacts/contacts.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import type { FlowStore } from '../flow/flow-store.ts';
import type { Voice } from '../voice/voice.ts';
import type { Guides } from './guides.ts';
import type { RunFlow } from './run-port.ts';
import type { Held, Seat } from './seat.ts';
import { whisper } from './whispers.ts';

/** Handles a contact from the moment an agent accepts it. */
export interface Handling {
  /**
   * Stops the queue flow, runs the whispers, connects the agent, opens the guide. If the caller hangs up
   * during a whisper, the contact record has no agent.
   */
  readonly take: (seat: Seat, contact: Contact, queueFlow: FlowRun | undefined) => Promise<void>;
  /** Ends the contact, if it has not ended, and the after-contact work. */
  readonly finish: (seat: Seat, contactId: string) => void;
}

export function createHandling(parts: HandlingParts): Handling {
  const { clock, happenings, contacts, voiceOf, guides, onIdle } = parts;

  function contactEnded(seat: Seat, held: Held): void {
    if (held.phase === 'connecting') {
      release(seat, held);
      return;
    }
    held.phase = 'after-work';
    held.cancelTimer = clock.after(AFTER_CONTACT_WORK_MS, () => release(seat, held));
  }

  function release(seat: Seat, held: Held): void {
    held.cancelTimer?.();
    seat.hand.delete(held.contact.id);
    held.guide?.close();
    onIdle(seat);
  }

  return {
    async take(seat, contact, queueFlow) {
      const held: Held = { contact, phase: 'connecting' };
      const { signal } = contact.lifetime;
      seat.hand.set(contact.id, held);
      signal.addEventListener('abort', () => contactEnded(seat, held));
      queueFlow?.stop();
      await queueFlow?.ended;
      await whisper(contact, seat.user, parts);
      if (signal.aborted) return;
      held.phase = 'connected';
      contact.agent = { user: seat.user, connectedAtMs: clock.now() };
      contacts.changed(contact);
      voiceOf(contact)?.connectAgent();
      held.guide = guides.open(contact, seat.user);
    },
    finish(seat, contactId) {
      const { username } = seat.user;
      const held = seat.hand.get(contactId);
      if (!held) throw new Error(`${username} does not have the contact ${contactId}`);
      happenings.tell({ kind: 'agent', atMs: clock.now(), contactId, username, did: 'finished' });
      contacts.end(held.contact, 'AGENT_DISCONNECT');
      contacts.finishWork(held.contact);
      if (seat.hand.has(contactId)) release(seat, held);
    },
  };
}

interface HandlingParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly voiceOf: (contact: Contact) => Voice | undefined;
  readonly runFlow: RunFlow;
  readonly guides: Guides;
  /** Called when an agent is done with a contact. */
  readonly onIdle: (seat: Seat) => void;
}
