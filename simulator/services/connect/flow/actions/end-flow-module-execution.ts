import { plainAction } from '../action-kind.ts';

/** Goes back to the flow that called the module. */
export const endFlowModuleExecution = plainAction({
  logName: 'ReturnFromModule',
  run: ({ depth }) => (depth > 0 ? { kind: 'return' } : { kind: 'finished' }),
});
