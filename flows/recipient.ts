import { attribute } from './attributes.ts';
import type { Steps } from './builder/step.ts';
import type { FlowType } from './language/document.ts';

type Names = 'Is a queue named?' | 'Name the queue' | 'Is a number named?' | 'Name the number';

/**
 * Whom a voicemail is for and from: what the calling flow has set stays, what it has
 * left open becomes the contact's own queue and number. There is no test for an empty
 * attribute in flow language, so the tests are for what a value looks like.
 *
 * Starts at `Is a queue named?`.
 */
export function recipientKnown<Exit extends string>(exit: Exit): Steps<FlowType, Names, Exit> {
  return {
    'Is a queue named?': {
      type: 'Compare',
      parameters: { ComparisonValue: attribute('vmx3_queue_arn') },
      conditions: [{ operator: 'TextStartsWith', operand: 'arn:', next: 'Is a number named?' }],
      next: 'Name the queue',
      errors: { NoMatchingCondition: 'Name the queue' },
    },
    'Name the queue': {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { vmx3_queue_arn: '$.Queue.ARN' }, TargetContact: 'Current' },
      next: 'Is a number named?',
      errors: { NoMatchingError: 'Is a number named?' },
    },
    'Is a number named?': {
      type: 'Compare',
      parameters: { ComparisonValue: attribute('vmx3_from') },
      conditions: [
        { operator: 'TextStartsWith', operand: '+', next: exit },
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
