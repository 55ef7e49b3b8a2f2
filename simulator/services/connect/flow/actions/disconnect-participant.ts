import { plainAction } from '../action-kind.ts';

/** Hangs up, or ends the task or guide. */
export const disconnectParticipant = plainAction({
  logName: 'Disconnect',
  run: () => ({ kind: 'disconnected' }),
});
