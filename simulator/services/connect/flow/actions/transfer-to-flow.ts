import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

const TARGETS: ReadonlySet<string> = new Set(ENTRY_FLOWS);

/** Another flow runs instead. The data of this flow is lost; the data of the contact stays. */
export const transferToFlow = actionKind({
  parameters: z.object({ ContactFlowId: z.string() }),
  logName: 'TransferToFlow',
  flowTypes: ENTRY_FLOWS,
  run({ ContactFlowId }, { paths, parts: { flows } }) {
    const flow = flows.find(paths.single(ContactFlowId) ?? '');
    return flow && TARGETS.has(flow.type) ? { kind: 'flow', flow } : NO_MATCHING_ERROR;
  },
});
