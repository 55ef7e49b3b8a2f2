import { z } from 'zod';
import { actionKind, Count, ENTRY_FLOWS, Flag, Scalar } from '../action-kind.ts';
import { DONE } from '../outcome.ts';
import { pause } from '../pause.ts';

/**
 * Connects the caller with an external number: the world says who answers. Then the flow goes on, or the
 * call ends. Streaming goes on meanwhile; the caller hears nothing.
 */
export const transferParticipantToThirdParty = actionKind({
  parameters: z.object({
    ThirdPartyPhoneNumber: Scalar,
    ThirdPartyConnectionTimeLimitSeconds: Count.default(30),
    ContinueFlowExecution: Flag.default(true),
  }),
  logName: 'TransferToPhoneNumber',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  channels: ['VOICE'],
  async run(given, { paths, parts: { clock, world }, signal }) {
    const number = paths.text(given.ThirdPartyPhoneNumber);
    const telephone = world.telephones?.find((one) => one.number === number);
    if (!telephone) return { kind: 'error', errorType: 'CallFailed' };
    const limitMs = given.ThirdPartyConnectionTimeLimitSeconds * 1000;
    await pause(clock, Math.min(telephone.answersAfterMs, limitMs), signal);
    if (telephone.answersAfterMs > limitMs)
      return { kind: 'error', errorType: 'ConnectionTimeLimitExceeded' };
    await pause(clock, telephone.talksMs, signal);
    return given.ContinueFlowExecution ? DONE : { kind: 'disconnected' };
  },
});
