import { alarmActions } from '../alarm-actions.ts';
import type { CloudwatchParts } from '../parts.ts';

export const disableAlarmActions = (parts: CloudwatchParts) => alarmActions('DisableAlarmActions', parts);
