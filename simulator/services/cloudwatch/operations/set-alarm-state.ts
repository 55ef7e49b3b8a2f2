import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { alarmArn, parsed } from '../input.ts';
import type { CloudwatchParts } from '../parts.ts';

const Input = z.strictObject({
  AlarmName: z.string().min(1).max(255),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  StateReason: z.string().max(1023),
  StateReasonData: z.string().max(4000).optional(),
});

/** Brings an alarm into a state, until it is evaluated the next time. Source: CloudWatch API reference. */
export function setAlarmState({ account, board }: CloudwatchParts): JsonOperation {
  return {
    name: 'SetAlarmState',
    needs: ({ AlarmName: name }) => [
      { action: 'cloudwatch:SetAlarmState', resource: alarmArn(String(name), account) },
    ],
    answer(input) {
      const { AlarmName: name, StateValue: state, StateReason: reason } = parsed(Input, input);
      if (board.setState(name, state, reason) === undefined) {
        throw new AwsError('ResourceNotFound', 404, `Unknown alarm: ${name}`);
      }
      return {};
    },
  };
}
