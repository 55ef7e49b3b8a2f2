import type { JsonOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, onStream, retentionIn, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** DecreaseStreamRetentionPeriod: the stream keeps records shorter; older ones are gone at once. */
export function decreaseStreamRetentionPeriod(parts: KinesisParts): JsonOperation {
  return {
    name: 'DecreaseStreamRetentionPeriod',
    needs: onStream('DecreaseStreamRetentionPeriod', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      const hours = retentionIn(input);
      if (hours > stream.retentionHours) {
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than existing retention period (${stream.retentionHours} hours). Use IncreaseStreamRetentionPeriod API.`,
        );
      }
      stream.retentionHours = hours;
      return undefined;
    },
  };
}
