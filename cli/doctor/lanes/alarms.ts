import type { Check } from '../check.ts';
import { alarmsOn } from './alarms/alarms-on.ts';
import { alarmsReachNobody } from './alarms/alarms-reach-nobody.ts';
import { deadLettersWait } from './alarms/dead-letters.ts';
import { voicemailsParked } from './alarms/voicemails-parked.ts';

/** What the deployed stack reports of itself, and whether somebody hears it. */
export const alarmChecks: readonly Check[] = [alarmsReachNobody, alarmsOn, deadLettersWait, voicemailsParked];
