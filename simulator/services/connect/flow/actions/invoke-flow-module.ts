import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { NotSimulatedError } from '../not-simulated.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

const DEEPEST = 5;

/**
 * Runs a module, and goes on after it. Only in inbound flows, and in modules that they call. Not simulated:
 * input and output of newer modules, and the branches they choose.
 */
export const invokeFlowModule = actionKind({
  parameters: z.object({
    FlowModuleId: z.string(),
    InputParameters: z.unknown().optional(),
  }),
  logName: 'InvokeFlowModule',
  flowTypes: ['CONTACT_FLOW'],
  run({ FlowModuleId, InputParameters }, { depth, paths, parts: { flows } }) {
    if (InputParameters !== undefined) throw new NotSimulatedError('input of modules is not simulated');
    const module = flows.find(paths.single(FlowModuleId) ?? '');
    if (module?.type !== 'MODULE' || depth >= DEEPEST) return NO_MATCHING_ERROR;
    return { kind: 'module', module };
  },
});
