import { attribute } from './attributes.ts';
import type { Steps } from './builder/step.ts';
import type { FlowType } from './language/document.ts';

/**
 * Whom a voicemail is for: what the calling flow has set stays, else it is the target
 * queue. There is no test for an empty attribute in flow language, so the test is for
 * what a value looks like.
 *
 * Starts at `Is a queue named?`.
 */
export function queueKnown<Exit extends string>(
  exit: Exit,
): Steps<FlowType, 'Is a queue named?' | 'Name the queue', Exit> {
  return {
    'Is a queue named?': {
      type: 'Compare',
      parameters: { ComparisonValue: attribute('vmx3_queue_arn') },
      conditions: [{ operator: 'TextStartsWith', operand: 'arn:', next: exit }],
      next: 'Name the queue',
      errors: { NoMatchingCondition: 'Name the queue' },
    },
    'Name the queue': {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { vmx3_queue_arn: '$.Queue.ARN' }, TargetContact: 'Current' },
      next: exit,
      errors: { NoMatchingError: exit },
    },
  };
}

/**
 * Whom a voicemail is from, in the same way: else it is the caller's own number.
 *
 * Starts at `Is a number named?`.
 */
export function numberKnown<Exit extends string>(
  exit: Exit,
): Steps<FlowType, 'Is a number named?' | 'Name the number', Exit> {
  return {
    'Is a number named?': {
      type: 'Compare',
      parameters: { ComparisonValue: attribute('vmx3_from') },
      conditions: [
        { operator: 'TextStartsWith', operand: '+', next: exit },
        // With an extension, or as a telephone exchange has it.
        { operator: 'TextStartsWith', operand: 'tel:', next: exit },
        { operator: 'TextStartsWith', operand: 'sip:', next: exit },
        { operator: 'TextStartsWith', operand: 'sips:', next: exit },
        // As a caller types it on a keypad.
        { operator: 'NumberGreaterThan', operand: '0', next: exit },
      ],
      next: 'Name the number',
      errors: { NoMatchingCondition: 'Name the number' },
    },
    'Name the number': {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { vmx3_from: '$.CustomerEndpoint.Address' }, TargetContact: 'Current' },
      next: exit,
      errors: { NoMatchingError: exit },
    },
  };
}
