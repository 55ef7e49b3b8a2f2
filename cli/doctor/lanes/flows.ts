import type { Check } from '../check.ts';
import { flowBreaksVoicemail } from './flows/flow-breaks-voicemail.ts';
import { flowEdited } from './flows/flow-edited.ts';
import { flowGone } from './flows/flow-gone.ts';
import { flowNameTaken } from './flows/flow-name-taken.ts';
import { flowRecordsElsewhere } from './flows/flow-records-elsewhere.ts';
import { guideFunctionNotAssociated } from './flows/guide-function-not-associated.ts';
import { noNumberLeadsToVoicemail } from './flows/no-number-leads-to-voicemail.ts';
import { secondStack } from './flows/second-stack.ts';

/** The flows of the stack, and flows of the customer that have to do with voicemail. */
export const flowChecks: readonly Check[] = [
  flowNameTaken,
  secondStack,
  flowGone,
  flowEdited,
  guideFunctionNotAssociated,
  noNumberLeadsToVoicemail,
  flowBreaksVoicemail,
  flowRecordsElsewhere,
];
