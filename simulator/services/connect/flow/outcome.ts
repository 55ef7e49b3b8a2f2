import type { FlowTransitions } from '../../../../flows/language/document.ts';
import { isTrue } from './conditions.ts';
import type { StoredFlow } from './flow-store.ts';

/** The outcome of an action. */
export type Outcome =
  /** The flow goes on at NextAction. */
  | { readonly kind: 'done' }
  /** The flow goes on at the first true condition. Undefined: there is no value, so no condition is true. */
  | { readonly kind: 'result'; readonly value: string | undefined }
  | { readonly kind: 'error'; readonly errorType: string }
  /** A module runs now; then the flow goes on at NextAction. */
  | { readonly kind: 'module'; readonly module: StoredFlow }
  /** The end of a module. */
  | { readonly kind: 'return' }
  /** Another flow runs instead. */
  | { readonly kind: 'flow'; readonly flow: StoredFlow }
  /** The flow ends; what follows depends on its type. */
  | { readonly kind: 'finished' }
  /** The flow has ended the contact. */
  | { readonly kind: 'disconnected' }
  /** Routing has the contact now. */
  | { readonly kind: 'queued' };

export const DONE = { kind: 'done' } as const;

/** The branch for errors that have none of their own. */
export const NO_MATCHING_ERROR = { kind: 'error', errorType: 'NoMatchingError' } as const;

/** An outcome that chooses a branch. */
export type Choice = Extract<Outcome, { kind: 'done' | 'result' | 'error' }>;

/**
 * The next action. Undefined: the branch is missing.
 *
 * An error takes its own branch, otherwise NoMatchingError. A result takes the first condition that is true,
 * otherwise the branch NoMatchingCondition, otherwise NextAction.
 */
export function nextAction(
  { NextAction, Errors = [], Conditions = [] }: FlowTransitions,
  choice: Choice,
  textOf: (operand: string) => string,
): string | undefined {
  const errorBranch = (type: string) => Errors.find(({ ErrorType }) => ErrorType === type)?.NextAction;
  switch (choice.kind) {
    case 'done':
      return NextAction;
    case 'error':
      return errorBranch(choice.errorType) ?? errorBranch('NoMatchingError');
    case 'result': {
      const { value } = choice;
      const chosen = Conditions.find(
        ({ Condition: { Operator, Operands } }) =>
          value !== undefined && isTrue(Operator, value, textOf(Operands[0] ?? '')),
      );
      return chosen?.NextAction ?? errorBranch('NoMatchingCondition') ?? NextAction;
    }
  }
}
