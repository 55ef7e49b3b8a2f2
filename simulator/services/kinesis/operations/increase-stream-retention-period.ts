import type { JsonOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, onStream, retentionIn, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** IncreaseStreamRetentionPeriod: the stream keeps records longer. */
export function increaseStreamRetentionPeriod(parts: KinesisParts): JsonOperation {
  return {
    name: 'IncreaseStreamRetentionPeriod',
    needs: onStream('IncreaseStreamRetentionPeriod', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      const hours = retentionIn(input);
      if (hours < stream.retentionHours) {
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than existing retention period (${stream.retentionHours} hours). Use DecreaseStreamRetentionPeriod API.`,
        );
      }
      stream.retentionHours = hours;
      return undefined;
    },
  };
}
