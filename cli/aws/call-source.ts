import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { BYTES_PER_MS } from '../../src/domain/audio/wav.ts';
import { testPartitionKey } from '../../src/domain/test-voicemail.ts';
import type { TestSource } from '../../src/steps/test-ports.ts';
import { RefusedError } from '../command.ts';
import type { Look } from '../doctor/look.ts';
import { callMedia } from '../verify/call-media.ts';
import { callRecord } from '../verify/call-record.ts';
import { askAws } from './ask-aws.ts';
import type { Limits } from './limits.ts';
import { putMedia } from './put-media.ts';

const RETENTION_HOURS = 1;
const BETWEEN_LOOKS_MS = 500;
const LOOKS = 60;

/**
 * A whole call but for its telephone: its audio on a video stream of its own, which is named as Amazon Connect names
 * its streams, and its contact record on the stream of the instance. Throws RefusedError for settings without streams.
 */
export function callSource(
  { config, home, client, place }: Look,
  { wait }: Limits,
  now: () => number,
): TestSource {
  const { mediaStreams, instanceAlias } = config;
  const kinesisVideo = client(KinesisVideoClient);
  const ask = <Answer>(operation: string, call: () => Promise<Answer>) => askAws(operation, place, call);
  if (!mediaStreams) {
    throw new RefusedError(
      'the settings have no mediaStreams: what callers say comes from recordings of Amazon Connect, and only a call makes one',
    );
  }
  const { prefix, kmsKeyArn } = mediaStreams;
  const nameFor = (contactId: string) => `${prefix}-connect-${instanceAlias}-contact-${contactId}`;

  async function described(StreamName: string) {
    return ask('kinesisvideo:DescribeStream', async () => {
      try {
        return (await kinesisVideo.send(new DescribeStreamCommand({ StreamName }))).StreamInfo;
      } catch (error) {
        if (nameOf(error) === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    });
  }

  async function createStream(StreamName: string): Promise<string> {
    const command = new CreateStreamCommand({
      StreamName,
      DataRetentionInHours: RETENTION_HOURS,
      MediaType: 'audio/L16',
      ...(kmsKeyArn !== undefined && { KmsKeyId: kmsKeyArn }),
    });
    const { StreamARN = '' } = await ask('kinesisvideo:CreateStream', () => kinesisVideo.send(command));
    for (let looks = 0; looks < LOOKS; looks += 1) {
      if ((await described(StreamName))?.Status === 'ACTIVE') return StreamARN;
      await wait(BETWEEN_LOOKS_MS);
    }
    throw new RefusedError(`the video stream ${StreamName} does not become active`);
  }

  return {
    async put(voicemail, pcm) {
      const { contactId } = voicemail;
      const streamName = nameFor(contactId);
      const streamArn = await createStream(streamName);
      const startMs = now() - Math.ceil(pcm.length / BYTES_PER_MS);
      const media = callMedia(pcm, { startMs, contactId, instanceId: home.instanceId });
      const fragmentNumbers = await ask('kinesisvideo:PutMedia', () =>
        putMedia(kinesisVideo, { streamName, media }),
      );
      const record = callRecord(voicemail, { streamArn, fragmentNumbers, startMs, stopMs: now() });
      const command = new PutRecordCommand({
        StreamARN: config.contactRecordStreamArn,
        PartitionKey: testPartitionKey(contactId),
        Data: Buffer.from(record),
      });
      await ask('kinesis:PutRecord', () => client(KinesisClient).send(command));
      return `contact record put onto its stream, and ${fragmentNumbers.length} fragments onto a video stream`;
    },
    async remove(contactId) {
      const found = await described(nameFor(contactId));
      if (!found) return;
      const command = new DeleteStreamCommand({ StreamARN: found.StreamARN });
      await ask('kinesisvideo:DeleteStream', () => kinesisVideo.send(command));
    },
  };
}
