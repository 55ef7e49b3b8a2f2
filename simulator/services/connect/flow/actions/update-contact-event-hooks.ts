import { z } from 'zod';
import type { FlowType } from '../../../../../flows/language/document.ts';
import { actionKind, Flag } from '../action-kind.ts';
import type { StoredFlow } from '../flow-store.ts';
import { NotSimulatedError } from '../not-simulated.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** The flow type of each hook; the flow for `CustomerRemaining` is called a disconnect flow. */
const TYPES: Readonly<Record<string, FlowType>> = {
  AgentHold: 'AGENT_HOLD',
  AgentWhisper: 'AGENT_WHISPER',
  CustomerHold: 'CUSTOMER_HOLD',
  CustomerQueue: 'CUSTOMER_QUEUE',
  CustomerRemaining: 'CONTACT_FLOW',
  CustomerWhisper: 'CUSTOMER_WHISPER',
  DefaultAgentUI: 'CONTACT_FLOW',
  DisconnectAgentUI: 'CONTACT_FLOW',
  PauseContact: 'CONTACT_FLOW',
  ResumeContact: 'CONTACT_FLOW',
};

/**
 * Sets the flow that runs at an event of the contact, for example when it is queued or accepted. Not simulated: a
 * flow of another type than the hook's: it is not known how Connect treats it.
 */
export const updateContactEventHooks = actionKind({
  parameters: z.object({
    EventHooks: z.record(z.string(), z.string()),
    EventHooksConfiguration: z
      .record(z.string(), z.looseObject({ DisableExecution: Flag.default(false) }))
      .default({}),
  }),
  logName: 'SetEventFlow',
  run({ EventHooks, EventHooksConfiguration }, { contact, paths, parts: { flows } }) {
    if (Object.values(EventHooksConfiguration).some(({ DisableExecution }) => DisableExecution)) {
      throw new NotSimulatedError('event hooks that are turned off are not simulated');
    }
    const hooks = Object.entries(EventHooks).map(([event, flow]) => ({ event, flow: paths.single(flow) }));
    for (const { event, flow } of hooks) {
      const found = flows.find(flow ?? '');
      if (flow === undefined || !found) return NO_MATCHING_ERROR;
      if (found.type !== TYPES[event]) throw new NotSimulatedError(misfit(event, found));
      contact.settings.eventHooks.set(event, flow);
    }
    return DONE;
  },
});

function misfit(event: string, { name, type }: StoredFlow): string {
  const needed = TYPES[event];
  return needed === undefined
    ? `there is no hook ${event}; there are ${Object.keys(TYPES).join(', ')}`
    : `${name} is ${type}, and the hook ${event} is for ${needed}`;
}
