import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { alarmArn, parsed } from '../input.ts';
import type { CloudwatchParts } from '../parts.ts';

const Input = z.strictObject({ ResourceARN: z.string().min(1) });

/** Of an alarm that the template made. */
export function listTagsForResource({ account, board }: CloudwatchParts): JsonOperation {
  return {
    name: 'ListTagsForResource',
    needs: ({ ResourceARN }) => [{ action: 'cloudwatch:ListTagsForResource', resource: String(ResourceARN) }],
    answer(input) {
      const { ResourceARN: arn } = parsed(Input, input, 'InvalidParameterValueException');
      const found = [...board.alarms().values(), ...board.composites()].find(
        ({ settings }) => alarmArn(settings.name, account) === arn,
      );
      if (!found) throw new AwsError('ResourceNotFoundException', 404, `Resource not found: ${arn}`);
      return { Tags: Object.entries(found.settings.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
