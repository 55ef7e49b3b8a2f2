import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { GetBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { stackForTests } from '../../scripts/synth.ts';
import { stack } from '../../cli/doctor/facts/stack.ts';
import { keeper, STACK } from './keeper.ts';

/** After this, `sweep` pushes on whatever waits. */
const LONGER_THAN_ANY_STEP_MS = 3_600_000;

/** What is behind a link: the recording. */
async function opened(link: string): Promise<Buffer> {
  const answer = await fetch(link);
  assert.equal(answer.status, 200, link);
  return Buffer.from(await answer.arrayBuffer());
}

test('what a removed stack left behind goes on in the next one: links, ledger, and what waited', async (t) => {
  const { simulator, place, lookAgain, heard, deploy, uninstall, leaveMessage, delivered, until } =
    await keeper(t);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(place));
  await simulator.deploy(await stackForTests());
  const first = simulator.deployed(STACK);
  const call = leaveMessage();
  const link = (await delivered(call)).references['Recording']?.value ?? '';
  const recording = await opened(link);

  // A voicemail that is not delivered any more.
  const deliver = first.functions[first.idOf('AWS::Lambda::Function', 'deliver-voicemail')]?.name;
  const stop = { FunctionName: deliver, ReservedConcurrentExecutions: 0 };
  await new LambdaClient(place).send(new PutFunctionConcurrencyCommand(stop));
  const waiting = leaveMessage();
  const stateOf = async (contactId: string) => {
    const [table] = Object.values(first.tables);
    const { Item } = await documents.send(new GetCommand({ TableName: table?.name, Key: { contactId } }));
    return String(Item?.['state']);
  };
  await until(async () => (await stateOf(waiting)) === 'transcribing');
  assert.equal(await uninstall('--lose-waiting'), 0);
  heard();

  await assert.rejects(deploy(), {
    name: 'RefusedError',
    message:
      /a removed stack VoicemailExpress has left something behind:\n {2}[0-9a-f-]{36}, removed .* UTC:\n[^]*\n {4}recordings: voicemailexpress-recordings[^]*say --adopt\.[^]*say --fresh\.$/,
  });
  assert.equal(await deploy('--adopt'), 0);

  const text = heard();
  assert.match(text, /The stack VoicemailExpress would take in what an earlier one left behind/);
  assert.match(text, /adopted: ledger \(AWS::DynamoDB::Table, ledger\w+\): VoicemailExpress-ledger/);
  assert.match(text, / adopted: link-secret, arn:aws:secretsmanager:/);
  assert.match(text, /The stack VoicemailExpress would be changed:\n {2}created: \d+ resources/);
  const second = simulator.deployed(STACK);
  assert.deepEqual(second.buckets, first.buckets);
  assert.deepEqual(second.tables, first.tables);

  const { LinkAddress = '' } = second.outputs;
  assert.notEqual(LinkAddress, first.outputs['LinkAddress']);
  const path = link.slice(first.outputs['LinkAddress']?.length);
  assert.deepEqual(await opened(`${LinkAddress}${path}`), recording);

  await simulator.clock.sleep(LONGER_THAN_ANY_STEP_MS);
  const { references } = await delivered(waiting);
  assert.deepEqual(await opened(references['Recording']?.value ?? ''), recording);
  const { description } = await delivered(leaveMessage());
  assert.equal(description, 'please call me back');

  const Bucket = second.outputs['RecordingsBucket'];
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
  const stackId = TagSet.find(({ Key }) => Key === 'voicemail-express:stack-id')?.Value;
  assert.equal(stackId, (await stack(lookAgain()))?.arn);
});
