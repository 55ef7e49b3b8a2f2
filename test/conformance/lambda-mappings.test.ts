import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  type ListEventSourceMappingsCommandInput,
} from '@aws-sdk/client-lambda';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createLambda, type SimulatedLambda } from '../../simulator/services/lambda/lambda.ts';
import { answered, simulatorOnly, startTarget, type Target } from './setup.ts';

const STREAM = 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr';
const FUNCTIONS = 'arn:aws:lambda:us-east-1:111122223333:function';
const OWN = '3f3f3f3f-0000-4000-8000-000000000001';

let simulated: SimulatedLambda;
let target: Target;
let lambda: LambdaClient;

before(async () => {
  const clock = createClock('real');
  simulated = createLambda({
    clock,
    happenings: createHappenings(),
    state: {
      eventSourceMappings: [
        { functionName: 'VMX3-KVStoS3-acme', eventSourceArn: STREAM },
        { functionName: 'lake', eventSourceArn: `${STREAM}-2`, state: 'Disabled' },
      ],
    },
  });
  simulated.mappings.add({
    uuid: OWN,
    functionArn: `${FUNCTIONS}:contact-records`,
    eventSourceArn: STREAM,
    batchSize: 100,
    isEnabled: true,
    lastProcessingResult: 'No records processed',
  });
  target = await startTarget([simulated.service], { clock });
  lambda = new LambdaClient({ ...target.client, maxAttempts: 1 });
});

after(async () => {
  lambda.destroy();
  await target.close();
  await simulated.close();
});

const get = (UUID: string) => lambda.send(new GetEventSourceMappingCommand({ UUID }));
const page = (input: ListEventSourceMappingsCommandInput) =>
  lambda.send(new ListEventSourceMappingsCommand(input));

test('mappings are listed by source and by function, in pages', simulatorOnly, async () => {
  const first = await page({ EventSourceArn: STREAM, MaxItems: 1 });
  const second = await page({ EventSourceArn: STREAM, MaxItems: 1, Marker: first.NextMarker });
  const ofLake = await page({ FunctionName: 'lake' });

  assert.equal(first.EventSourceMappings?.[0]?.FunctionArn, `${FUNCTIONS}:VMX3-KVStoS3-acme`);
  assert.equal(second.EventSourceMappings?.[0]?.UUID, OWN);
  assert.equal(second.NextMarker, undefined);
  assert.partialDeepStrictEqual(ofLake.EventSourceMappings, [{ State: 'Disabled' }]);
  await assert.rejects(page({ Marker: 'x' }), answered(400, 'InvalidParameterValueException'));
});

test('a mapping shows whether it reads, and the result of the last batch', simulatorOnly, async () => {
  const enabled = await get(OWN);
  simulated.mappings.setResult(OWN, 'PROBLEM: Function call failed');
  simulated.mappings.enable(OWN, false);
  const afterwards = await get(OWN);

  assert.equal(enabled.State, 'Enabled');
  assert.equal(enabled.LastProcessingResult, 'No records processed');
  assert.ok(enabled.LastModified instanceof Date);
  assert.equal(afterwards.State, 'Disabled');
  assert.equal(afterwards.LastProcessingResult, 'PROBLEM: Function call failed');
  const nothing = get('00000000-0000-4000-8000-000000000000');
  await assert.rejects(nothing, answered(404, 'ResourceNotFoundException'));
});
