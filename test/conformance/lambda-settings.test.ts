import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createLambda } from '../../simulator/services/lambda/lambda.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

const clock = createClock('real');
const happenings = createHappenings();
const lambda = createLambda({
  clock,
  happenings,
  state: { functions: [{ name: 'theirs', runtime: 'python3.12' }], lambda: { concurrentExecutions: 200 } },
});
const arn = 'arn:aws:lambda:us-east-1:111122223333:function:ours';
lambda.createFunction({
  id: 'Ours',
  name: 'ours',
  arn,
  folder: '/nowhere',
  handler: 'index.handler',
  timeoutMs: 50_000,
  memoryMb: 512,
  environment: {},
});
const { client: settings, close } = await startTarget([lambda.service], { clock, happenings });
const client = new LambdaClient({ ...settings, maxAttempts: 1 });
after(async () => {
  await lambda.close();
  await close();
});

test('a function is described by name and by ARN, whether it runs here or not', simulatorOnly, async () => {
  const ours = await client.send(new GetFunctionCommand({ FunctionName: arn }));
  const theirs = await client.send(new GetFunctionCommand({ FunctionName: 'theirs' }));

  assert.partialDeepStrictEqual(ours.Configuration, {
    FunctionName: 'ours',
    FunctionArn: arn,
    Runtime: 'nodejs24.x',
    Timeout: 50,
    MemorySize: 512,
    State: 'Active',
  });
  assert.equal(ours.Concurrency, undefined);
  assert.equal(theirs.Configuration?.Runtime, 'python3.12');
});

test('a function that is not there is not found', async () => {
  await assert.rejects(
    client.send(new GetFunctionCommand({ FunctionName: 'nobody' })),
    answered(404, 'ResourceNotFoundException'),
  );
});

test(
  'what a function has for itself the others have not, and a hundred are left to them',
  simulatorOnly,
  async () => {
    const reserve = (ReservedConcurrentExecutions: number) =>
      client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'ours', ReservedConcurrentExecutions }));
    await reserve(60);

    const { AccountLimit, AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
    const { Concurrency } = await client.send(new GetFunctionCommand({ FunctionName: 'ours' }));

    assert.partialDeepStrictEqual(AccountLimit, {
      ConcurrentExecutions: 200,
      UnreservedConcurrentExecutions: 140,
    });
    assert.equal(AccountUsage?.FunctionCount, 2);
    assert.equal(Concurrency?.ReservedConcurrentExecutions, 60);
    await assert.rejects(reserve(101), answered(400, 'InvalidParameterValueException'));
    await reserve(100);
  },
);
