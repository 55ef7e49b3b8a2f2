import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { invalidArgument } from '../input.ts';
import type { KinesisVideoParts } from '../parts.ts';

const NAME = /^[a-zA-Z0-9_.-]{1,256}$/;

/** Makes a stream, which is active at once. */
export function createStream({
  clock,
  streams,
  region,
}: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/createStream',
    answer({ input, request }) {
      const { StreamName: name, DataRetentionInHours: retentionHours = 0, KmsKeyId: keyArn } = input;
      if (typeof name !== 'string' || !NAME.test(name)) throw invalidArgument('StreamName is not valid.');
      if (typeof retentionHours !== 'number' || retentionHours < 0)
        throw invalidArgument('DataRetentionInHours must be 0 or more.');
      if (streams.findByName(name))
        throw new AwsError('ResourceInUseException', 400, `The stream ${name} already exists.`);
      const { accountId, arn: callerArn } = request.caller;
      const [, partition] = callerArn.split(':');
      const arn = `arn:${partition}:kinesisvideo:${region}:${accountId}:stream/${name}/${clock.now()}`;
      streams.createStream({ arn, retentionHours, ...(typeof keyArn === 'string' && { keyArn }) });
      return { StreamARN: arn };
    },
  };
}
