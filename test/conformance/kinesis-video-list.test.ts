import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KinesisVideoClient, ListStreamsCommand } from '@aws-sdk/client-kinesis-video';
import { createClock } from '../../simulator/clock.ts';
import { createKinesisVideo } from '../../simulator/services/kinesis-video/kinesis-video.ts';
import { answered, startTarget } from './setup.ts';

const ARN = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream';
const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/c1c1c1c1-0000-4000-8000-00000000c001';

test('streams are listed by what their names begin with, in pages, with retention and key', async (t) => {
  const clock = createClock('real');
  const video = createKinesisVideo({ clock, mediaEndpoint: () => '' });
  video.createStream({ arn: `${ARN}/vm-connect-acme-contact-1/1`, retentionHours: 0 });
  video.createStream({ arn: `${ARN}/vm-connect-acme-contact-2/1`, retentionHours: 24, keyArn: KEY_ARN });
  video.createStream({ arn: `${ARN}/door-camera/1`, retentionHours: 24 });
  const target = await startTarget([video.service], { clock });
  t.after(target.close);
  const client = new KinesisVideoClient({ ...target.client, maxAttempts: 1 });
  const page = (NextToken?: string) =>
    client.send(
      new ListStreamsCommand({
        StreamNameCondition: { ComparisonOperator: 'BEGINS_WITH', ComparisonValue: 'vm-connect-acme-' },
        MaxResults: 1,
        NextToken,
      }),
    );

  const first = await page();
  const second = await page(first.NextToken);
  const all = await client.send(new ListStreamsCommand({}));

  assert.partialDeepStrictEqual(first.StreamInfoList, [
    { StreamName: 'vm-connect-acme-contact-1', DataRetentionInHours: 0 },
  ]);
  assert.match(first.StreamInfoList?.[0]?.KmsKeyId ?? '', /alias\/aws\/kinesisvideo$/);
  assert.partialDeepStrictEqual(second.StreamInfoList, [{ DataRetentionInHours: 24, KmsKeyId: KEY_ARN }]);
  assert.equal(second.NextToken, undefined);
  assert.equal(all.StreamInfoList?.length, 3);
  await assert.rejects(page('elsewhere'), answered(400, 'InvalidArgumentException'));
});
