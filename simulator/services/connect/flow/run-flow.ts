import type { FlowParts, FlowStart } from './flow-parts.ts';
import { inBackground } from '../../../in-background.ts';
import type { Contact } from '../contacts/contact.ts';
import type { FlowEnd, FlowRun } from './flow-run.ts';
import type { StoredFlow } from './flow-store.ts';
import { runActions } from './run-actions.ts';

/**
 * Runs a flow for a contact until it ends. The first action runs after this function has returned.
 *
 * If the flow disconnects, or cannot go on, the contact is ended with CONTACT_FLOW_DISCONNECT before `ended`
 * settles. The same happens if an inbound flow ends and the contact is not in a queue.
 *
 * An action that is not simulated takes its error branch, and is reported: cases, customer profiles, Voice ID,
 * Connect assistant, data tables, message templates, outbound calls and emails, authentication, in-flight
 * processing of messages; encrypted input; task templates, and tasks for a time of day; input, output and branches
 * of modules; loading the answer of an asynchronous function; hooks that are turned off. With `isStrict` it ends
 * the flow with an error that names it.
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
