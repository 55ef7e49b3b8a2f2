import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createStandInRecognizer } from './recognizer/stand-in-recognizer.ts';
import { laptopWorld } from './services/connect/sample-world.ts';
import { startSimulator } from './simulator.ts';

const BUCKET = 'cdk-ours-assets-111122223333-us-east-1';

test('what bootstrap leaves: a bucket, and roles that may do what its template says', async (t) => {
  const { endpoint, credentials, close } = await startSimulator({
    world: laptopWorld(),
    state: { bootstrap: { version: 32, qualifier: 'ours' } },
    recognizer: createStandInRecognizer(''),
  });
  t.after(close);
  const client = { endpoint, region: 'us-east-1', forcePathStyle: true };
  const sts = new STSClient({ ...client, credentials });
  async function s3Of(role: string) {
    const RoleArn = `arn:aws:iam::111122223333:role/cdk-ours-${role}-111122223333-us-east-1`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'cdk' }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const session = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    return new S3Client({ ...client, credentials: session });
  }
  const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'a.zip', Body: 'a' });

  await (await s3Of('file-publishing-role')).send(put);

  const deployer = await s3Of('deploy-role');
  const { KeyCount } = await deployer.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  assert.equal(KeyCount, 1);
  await assert.rejects(deployer.send(put), { name: 'AccessDenied' });
  await assert.rejects(s3Of('cfn-exec-role'), { name: 'AccessDenied' });
});
