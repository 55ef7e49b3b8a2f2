import { alarmActions } from '../alarm-actions.ts';
import type { CloudwatchParts } from '../parts.ts';

export const enableAlarmActions = (parts: CloudwatchParts) => alarmActions('EnableAlarmActions', parts);
