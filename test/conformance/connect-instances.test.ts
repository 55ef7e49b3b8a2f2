import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListInstancesCommand } from '@aws-sdk/client-connect';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { acme, INSTANCE_ARN } from './connect-setup.ts';
import { answered } from './setup.ts';

test('the instances of the account are listed, in pages', async (t) => {
  const other = { arn: INSTANCE_ARN.replace('aaaa', 'bbbb'), alias: 'acme-west' } as const;
  const failed = {
    arn: INSTANCE_ARN.replace('aaaa', 'cccc'),
    alias: 'acme-test',
    status: 'CREATION_FAILED',
  } as const;
  const { client } = await acme(t, { world: laptopWorld({ otherInstances: [other, failed] }) });
  const page = (NextToken?: string) => client.send(new ListInstancesCommand({ MaxResults: 2, NextToken }));

  const first = await page();
  const rest = await page(first.NextToken);

  assert.deepEqual(
    first.InstanceSummaryList?.map(({ Arn, InstanceAlias }) => [Arn, InstanceAlias]),
    [
      [INSTANCE_ARN, 'acme'],
      [other.arn, 'acme-west'],
    ],
  );
  assert.partialDeepStrictEqual(rest.InstanceSummaryList, [{ InstanceStatus: 'CREATION_FAILED' }]);
  assert.equal(rest.NextToken, undefined);
  await assert.rejects(page('elsewhere'), answered(400, 'InvalidRequestException'));
});
