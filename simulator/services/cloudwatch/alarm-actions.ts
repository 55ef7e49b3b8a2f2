import { z } from 'zod';
import type { JsonOperation } from '../../gateway/protocols.ts';
import { alarmArn, parsed } from './input.ts';
import type { CloudwatchParts } from './parts.ts';

const Input = z.strictObject({ AlarmNames: z.array(z.string().min(1)).max(100) });
const Names = z.array(z.string()).catch([]);

/** Whether alarms tell anybody. A name that no alarm has is passed over: AWS lists no error for it. */
export function alarmActions(
  name: 'EnableAlarmActions' | 'DisableAlarmActions',
  { account, board }: CloudwatchParts,
): JsonOperation {
  return {
    name,
    needs: ({ AlarmNames }) =>
      Names.parse(AlarmNames).map((one) => ({
        action: `cloudwatch:${name}`,
        resource: alarmArn(one, account),
      })),
    answer(input) {
      board.enableActions(parsed(Input, input).AlarmNames, name === 'EnableAlarmActions');
      return {};
    },
  };
}
