import type { FlowAction } from '../../../../flows/language/document.ts';
import type { ActionCall } from './action-kind.ts';
import { DONE, NO_MATCHING_ERROR, type Outcome } from './outcome.ts';

/** Amazon Connect can do this, and the simulator cannot: the message says what. */
export class NotSimulatedError extends Error {
  override readonly name = 'NotSimulatedError';
}

/**
 * Goes on as Connect does where the action fails: at its error branch, otherwise at the next action. Reports it,
 * because Connect would not fail there.
 */
export function goOnWithout({ message }: NotSimulatedError, { action, contact, parts }: ActionCall): Outcome {
  parts.happenings.tell({
    kind: 'not-simulated',
    atMs: parts.clock.now(),
    contactId: contact.id,
    action: action.Identifier,
    actionType: action.Type,
    reason: message,
  });
  if (action.Type === 'EndFlowModuleExecution') return { kind: 'return' };
  return hasErrorBranch(action) ? NO_MATCHING_ERROR : DONE;
}

function hasErrorBranch({ Transitions: { Errors = [] } }: FlowAction): boolean {
  return Errors.some(({ ErrorType }) => ErrorType === 'NoMatchingError');
}
