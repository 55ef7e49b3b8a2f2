import { z } from 'zod';
import { actionKind, Flag } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** Says which flow runs when something happens to the contact: when it is queued, say, or accepted. */
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
      throw new Error('event hooks that are turned off are not simulated');
    }
    const hooks = Object.entries(EventHooks).map(([event, flow]) => ({ event, flow: paths.single(flow) }));
    for (const { event, flow } of hooks) {
      if (flow === undefined || !flows.find(flow)) return NO_MATCHING_ERROR;
      contact.settings.eventHooks.set(event, flow);
    }
    return DONE;
  },
});
