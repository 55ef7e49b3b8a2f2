import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** Says which flow runs when something happens to the contact: when it is queued, say, or accepted. */
export const updateContactEventHooks = actionKind({
  parameters: z.object({ EventHooks: z.record(z.string(), z.string()) }),
  logName: 'SetEventFlow',
  run({ EventHooks }, { contact, paths, parts: { flows } }) {
    const hooks = Object.entries(EventHooks).map(([event, flow]) => ({ event, flow: paths.single(flow) }));
    for (const { event, flow } of hooks) {
      if (flow === undefined || !flows.find(flow)) return NO_MATCHING_ERROR;
      contact.settings.eventHooks.set(event, flow);
    }
    return DONE;
  },
});
