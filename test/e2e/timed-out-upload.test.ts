import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { ListMultipartUploadsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { assertSameSamples } from '../same-samples.ts';
import { CALLER, fileAt, samplesOf, spokenNoise, startLaptop } from './laptop.ts';

/** A message of more than 5 MiB, which is uploaded in two parts. */
const LONG_SECONDS = 330;
/** A part is answered in time, and two of them take longer than the function may. */
const PART_MS = 15_000;
const TIMEOUT_SECONDS = 20;
const SAVER = /"Timeout":300(?=[^{}]*\})/g;

test('a function that times out in the middle of an upload leaves no half recording, and one task', async () => {
  const { simulator, happenings, taskOf, tasksOf, settled } = await startLaptop({
    templatePatch: (template) =>
      JSON.parse(JSON.stringify(template).replace(SAVER, `"Timeout":${TIMEOUT_SECONDS}`)),
  });
  const { connect, deployment, endpoint, credentials, faults } = simulator;
  const slow = { operation: 'UploadPart', fault: { slowMs: PART_MS } };
  faults.set({ rules: [1, 2].map((nth) => ({ ...slow, nth })) });
  const audio = spokenNoise(LONG_SECONDS);

  const { contactId } = connect.placeCall({ from: CALLER, audio });
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.deepEqual(faults.used(), [true, true]);
  const saver = deployment.idOf('AWS::Lambda::Function', 'save-recording');
  const ends = happenings.flatMap((one) =>
    one.kind === 'invocation' && one.functionId === saver ? [one.error ?? 'done'] : [],
  );
  assert.match(ends[0] ?? '', /Task timed out after 20\.00 seconds/);
  assert.equal(ends.at(-1), 'done');
  assert.equal(tasksOf(contactId).length, 1);
  assertSameSamples(samplesOf(await fileAt(task.references['Recording']?.value)), audio);

  const settings = { endpoint, credentials, region: 'us-east-1' };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const bucketId = deployment.idOf('AWS::S3::Bucket', 'recordings');
  const Bucket = deployment.physicalId(bucketId);
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  assert.equal(Versions.filter(({ Key = '' }) => Key.endsWith('.wav')).length, 1);
  // Nobody could remove the upload of the function that was ended: the bucket does, after a day.
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  assert.equal(Uploads.length, 1);
  const cloudFormation = new CloudFormationClient(settings);
  const command = new GetTemplateCommand({ StackName: deployment.stackName });
  const { TemplateBody = '' } = await cloudFormation.send(command);
  const { LifecycleConfiguration } = JSON.parse(TemplateBody).Resources[bucketId].Properties;
  assert.partialDeepStrictEqual(LifecycleConfiguration.Rules, [
    { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
  ]);
  s3.destroy();
  cloudFormation.destroy();
});
