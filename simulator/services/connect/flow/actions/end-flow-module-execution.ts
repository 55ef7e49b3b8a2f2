import { plainAction } from '../action-kind.ts';
import { NotSimulatedError } from '../not-simulated.ts';

/** Goes back to the flow that called the module. */
export const endFlowModuleExecution = plainAction({
  logName: 'ReturnFromModule',
  run({ action, depth }) {
    if (Object.keys(action.Parameters).length > 0) {
      throw new NotSimulatedError('results of modules are not simulated');
    }
    return depth > 0 ? { kind: 'return' } : { kind: 'finished' };
  },
});
