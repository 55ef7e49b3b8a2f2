import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { parseConfig } from '../../infra/config.ts';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import sample from '../../voicemail.config.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';

const permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
const tags = { 'cost-center': '4711' };
const settings = parseConfig({ ...sample, monitoring: 'full', permissionsBoundaryArn, tags });
const ALL: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };

function withBoundary(...statements: readonly PolicyStatement[]) {
  const policies = [{ arn: permissionsBoundaryArn, statements }];
  return { ...otherSettings(settings), state: { policies } };
}

test('within a boundary that allows everything a voicemail arrives, and roles and buckets say whose they are', async () => {
  const { simulator, taskOf } = await startLaptop(withBoundary(ALL));
  const { endpoint, credentials, deployment } = simulator;
  const place = { endpoint, credentials, region: 'us-east-1' };
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(1) });

  await taskOf(contactId);

  const iam = new IAMClient(place);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  for (const { RoleName } of Roles) {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    assert.equal(Role?.PermissionsBoundary?.PermissionsBoundaryArn, permissionsBoundaryArn, RoleName);
    assert.ok(Role.Tags?.some(({ Key, Value }) => Key === 'cost-center' && Value === '4711'));
  }
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const Bucket = deployment.outputs['RecordingsBucket'];
  const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
  assert.ok(TagSet.some(({ Key, Value }) => Key === 'cost-center' && Value === '4711'));
  iam.destroy();
  s3.destroy();
});

test('what a boundary leaves out is refused, whatever the role may do', async () => {
  const notStarting = {
    Effect: 'Allow',
    NotAction: 'transcribe:StartTranscriptionJob',
    Resource: '*',
  } as const;
  const { simulator, taskOf, happenings } = await startLaptop(withBoundary(notStarting));
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(1) });

  const { references } = await taskOf(contactId);

  assert.ok(references['Recording'], 'the voicemail is delivered without a transcript');
  const refused = happenings.filter(
    (one) => one.kind === 'api-call' && one.operation === 'StartTranscriptionJob' && one.status === 403,
  );
  assert.ok(refused.length > 0);
});
