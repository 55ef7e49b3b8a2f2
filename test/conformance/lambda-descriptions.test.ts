import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  paginateListFunctions,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createLambda } from '../../simulator/services/lambda/lambda.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

const FUNCTIONS = 'arn:aws:lambda:us-east-1:111122223333:function';
const MAPPING = '3f3f3f3f-0000-4000-8000-000000000001';
const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:111122223333:given-up';

const clock = createClock('real');
const happenings = createHappenings();
const lambda = createLambda({ clock, happenings, state: { functions: [{ name: 'theirs' }] } });
const reads: string[] = [];

for (const name of ['ours', 'bare']) {
  lambda.createFunction({
    id: name,
    name,
    arn: `${FUNCTIONS}:${name}`,
    folder: '/nowhere',
    handler: 'index.handler',
    timeoutMs: 50_000,
    memoryMb: 512,
    environment: {},
    ...(name === 'ours' && { reservedConcurrency: 5 }),
    details: {
      description: `what ${name} does`,
      architectures: ['arm64'],
      logFormat: 'JSON',
      logGroup: `/aws/lambda/${name}`,
      variables: { TABLE: 'ledger' },
      tags: { team: 'voice' },
      changedAtMs: Date.UTC(2026, 2, 12, 19, 3, 58),
    },
  });
}
const ours = { FunctionName: 'ours' };
const bare = { FunctionName: 'bare' };
const nobody = { FunctionName: 'nobody' };
lambda.createUrl({
  urlId: 'ours',
  functionArn: `${FUNCTIONS}:ours`,
  isPublic: true,
  url: 'http://127.0.0.1/_url/ours/',
});
lambda.configureAsync('ours', {
  maxRetries: 1,
  maxEventAgeMs: 3_600_000,
  details: { changedAtMs: clock.now(), onFailureArn: DEAD_LETTERS },
});
lambda.policies.permit(`${FUNCTIONS}:ours`, { Sid: 'rule', Effect: 'Allow', Principal: '*' });
lambda.mappings.add(
  { uuid: MAPPING, functionArn: `${FUNCTIONS}:ours`, eventSourceArn: 'arn', batchSize: 1, isEnabled: true },
  { start: () => void reads.push('start'), stop: () => void reads.push('stop') },
);
const { client: settings, gateway, close } = await startTarget([lambda.service], { clock, happenings });
const client = new LambdaClient({ ...settings, maxAttempts: 1 });
after(async () => {
  client.destroy();
  await lambda.close();
  await close();
});

test('functions are listed by name, in pages, those of others among them', simulatorOnly, async () => {
  const pages = [];
  for await (const page of paginateListFunctions({ client, pageSize: 2 }, {})) pages.push(page.Functions);

  const names = pages.map((page) => page?.map(({ FunctionName }) => FunctionName));
  assert.deepEqual(names, [['bare', 'ours'], ['theirs']]);
  const wrong = client.send(new ListFunctionsCommand({ Marker: 'nonsense' }));
  await assert.rejects(wrong, answered(400, 'InvalidParameterValueException'));
});

test('a function’s configuration is what the template says', simulatorOnly, async () => {
  const configuration = await client.send(new GetFunctionConfigurationCommand(ours));
  const concurrency = await client.send(new GetFunctionConcurrencyCommand(ours));
  const without = await client.send(new GetFunctionConcurrencyCommand(bare));

  assert.partialDeepStrictEqual(configuration, {
    Description: 'what ours does',
    Architectures: ['arm64'],
    Environment: { Variables: { TABLE: 'ledger' } },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: '/aws/lambda/ours' },
    LastModified: '2026-03-12T19:03:58.000+0000',
  });
  assert.equal(concurrency.ReservedConcurrentExecutions, 5);
  assert.equal(without.ReservedConcurrentExecutions, undefined);
});

test('a function has one version, no alias, and the tags of the template', simulatorOnly, async () => {
  const { Versions } = await client.send(new ListVersionsByFunctionCommand(ours));
  const { Aliases } = await client.send(new ListAliasesCommand(ours));
  const { Tags } = await client.send(new ListTagsCommand({ Resource: `${FUNCTIONS}:ours` }));

  assert.partialDeepStrictEqual(Versions, [{ Version: '$LATEST', FunctionArn: `${FUNCTIONS}:ours:$LATEST` }]);
  assert.deepEqual(Aliases, []);
  assert.deepEqual(Tags, { team: 'voice' });
});

test('a function without URL, policy or settings for events has none', simulatorOnly, async () => {
  const url = await client.send(new GetFunctionUrlConfigCommand(ours));
  const { FunctionUrlConfigs } = await client.send(new ListFunctionUrlConfigsCommand(ours));
  const { Policy = '' } = await client.send(new GetPolicyCommand(ours));
  const events = await client.send(new GetFunctionEventInvokeConfigCommand(ours));

  assert.partialDeepStrictEqual(url, { FunctionUrl: 'http://127.0.0.1/_url/ours/', AuthType: 'NONE' });
  assert.equal(FunctionUrlConfigs?.[0]?.FunctionUrl, url.FunctionUrl);
  assert.deepEqual(JSON.parse(Policy).Statement, [{ Sid: 'rule', Effect: 'Allow', Principal: '*' }]);
  assert.partialDeepStrictEqual(events, {
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 3600,
    DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: DEAD_LETTERS } },
  });
  assert.deepEqual((await client.send(new ListFunctionUrlConfigsCommand(bare))).FunctionUrlConfigs, []);
  const none = answered(404, 'ResourceNotFoundException');
  await assert.rejects(client.send(new GetFunctionUrlConfigCommand(bare)), none);
  await assert.rejects(client.send(new GetPolicyCommand(bare)), none);
  await assert.rejects(client.send(new GetFunctionEventInvokeConfigCommand(bare)), none);
  await assert.rejects(client.send(new GetFunctionConfigurationCommand(nobody)), none);
  await assert.rejects(client.send(new ListTagsCommand({ Resource: `${FUNCTIONS}:nobody` })), none);
});

const update = (by: LambdaClient, Enabled?: boolean, more: { BatchSize?: number } = {}) =>
  by.send(new UpdateEventSourceMappingCommand({ UUID: MAPPING, Enabled, ...more }));

test('a mapping is stopped and goes on, by those who may', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:role/reader';
  const credentials = gateway.identities.addRole({ arn, statements: [] });
  const stranger = new LambdaClient({ ...settings, credentials, maxAttempts: 1 });

  const stopped = await update(client, false);
  const started = await update(client, true);

  assert.deepEqual([stopped.State, started.State], ['Disabling', 'Enabling']);
  assert.deepEqual(reads, ['start', 'stop', 'start']);
  await assert.rejects(update(stranger, false), { name: 'AccessDeniedException' });
  await assert.rejects(update(client, true, { BatchSize: 3 }), /not BatchSize/);
  const unknown = new UpdateEventSourceMappingCommand({ UUID: 'x', Enabled: true });
  await assert.rejects(client.send(unknown), answered(404, 'ResourceNotFoundException'));
  stranger.destroy();
});
