import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { invalidParameter } from '../errors.ts';
import { requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';

/** The messages that are not moved yet stay where they are. */
export function cancelMessageMoveTask({ tasks }: SqsParts): JsonOperation {
  return {
    name: 'CancelMessageMoveTask',
    needs(input) {
      const resource = sourceIn(input);
      const actions = ['CancelMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
      return actions.map((action) => ({ action: `sqs:${action}`, resource }));
    },
    answer(input) {
      sourceIn(input);
      const task = tasks.cancel(requireText(input, 'TaskHandle'));
      if (task) return { ApproximateNumberOfMessagesMoved: task.moved };
      throw new AwsError('ResourceNotFoundException', 404, 'Task does not exist or is not running.');
    },
  };
}

/** A handle says which queue its task is about. */
function sourceIn(input: JsonObject): string {
  const handle: unknown = parsed(Buffer.from(requireText(input, 'TaskHandle'), 'base64').toString('utf8'));
  if (isJsonObject(handle)) {
    const { sourceArn } = handle;
    if (typeof sourceArn === 'string') return sourceArn;
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
