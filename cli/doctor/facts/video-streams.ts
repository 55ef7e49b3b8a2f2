import { KinesisVideoClient, ListStreamsCommand } from '@aws-sdk/client-kinesis-video';
import { fact } from '../look.ts';
import { instance } from './instance.ts';
import { mediaStreams } from './storage.ts';

export interface VideoStream {
  readonly retentionHours: number;
  /** The ARN of a key or of an alias. */
  readonly keyId: string;
}

/** As many as one answer holds; an account has 2,500 unless its quota was raised. */
const MOST_STREAMS = 10_000;

/** The video streams that earlier calls of the instance were on, and later ones use again. */
export const videoStreams = fact(async (look): Promise<readonly VideoStream[]> => {
  const media = await mediaStreams(look);
  if (typeof media === 'string') return [];
  const alias = (await instance(look))?.InstanceAlias ?? look.config.instanceAlias;
  const command = new ListStreamsCommand({
    StreamNameCondition: {
      ComparisonOperator: 'BEGINS_WITH',
      ComparisonValue: `${media.prefix}-connect-${alias}-contact-`,
    },
    MaxResults: MOST_STREAMS,
  });
  const { StreamInfoList = [] } = await look.ask('kinesisvideo:ListStreams', () =>
    look.client(KinesisVideoClient).send(command),
  );
  return StreamInfoList.map(({ DataRetentionInHours = 0, KmsKeyId = '' }) => ({
    retentionHours: DataRetentionInHours,
    keyId: KmsKeyId,
  }));
});
