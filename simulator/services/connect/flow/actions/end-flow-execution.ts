import { plainAction } from '../action-kind.ts';

/** Ends a whisper, or what callers hear in a queue. The contact goes on. */
export const endFlowExecution = plainAction({
  logName: 'EndFlowExecution',
  run: () => ({ kind: 'finished' }),
});
