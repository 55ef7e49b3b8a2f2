import type { Check } from '../../check.ts';
import { recordStream } from '../../facts/record-stream.ts';

export const recordStreamMissing: Check = {
  id: 'record-stream-missing',
  lane: 'streams and keys',
  title: 'whether the stream of contactRecordStreamArn is there',
  async run(look) {
    if ((await recordStream(look)) !== undefined) return [];
    const { contactRecordStreamArn } = look.config;
    const streamName = contactRecordStreamArn.slice(contactRecordStreamArn.lastIndexOf('/') + 1);
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what: `There is no data stream ${contactRecordStreamArn}.`,
        suffers: 'Callers: no contact record arrives, and no voicemail comes of their message.',
        evidence: [{ api: 'kinesis:DescribeStreamSummary', saw: 'ResourceNotFoundException' }],
        remedy: `Correct contactRecordStreamArn, and deploy; "aws kinesis list-streams --region ${look.home.region}" shows the streams that there are. Or make it: "aws kinesis create-stream --stream-name ${streamName} --shard-count 1 --region ${look.home.region}".`,
      },
    ];
  },
};
