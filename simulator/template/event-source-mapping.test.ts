import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Simulator } from '../simulator.ts';
import { READS_STREAM, startTestStack, STREAM_ARN } from './stack.fixture.ts';

/** Fails for a record of the partition key `bad`. */
const WORKER = `export const handler = async ({ Records }) => {
  if (Records.some(({ kinesis }) => kinesis.partitionKey === 'bad')) throw new Error('bad record');
};`;

test('a mapping of a stack shows the result of its last batch, and reads nothing once it is disabled', async (t) => {
  const simulator = await startTestStack(t, {
    functions: { worker: { code: WORKER, may: [READS_STREAM] } },
    resources: {
      Records: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'worker' },
          EventSourceArn: STREAM_ARN,
          StartingPosition: 'TRIM_HORIZON',
          MaximumRetryAttempts: 0,
        },
      },
    },
  });
  const { lambda, kinesis, clock } = simulator;
  const shown = () => lambda.mappings.all().find(({ eventSourceArn }) => eventSourceArn === STREAM_ARN);
  const uuid = shown()?.uuid ?? '';

  assert.equal(shown()?.lastProcessingResult, 'No records processed');
  await afterInvocation(simulator, () => kinesis.put(STREAM_ARN, '{}', 'good'));
  assert.equal(shown()?.lastProcessingResult, 'OK');
  await afterInvocation(simulator, () => kinesis.put(STREAM_ARN, '{}', 'bad'));
  assert.equal(shown()?.lastProcessingResult, 'PROBLEM: Function call failed');

  lambda.mappings.enable(uuid, false);
  kinesis.put(STREAM_ARN, '{}', 'good');
  await clock.sleep(60_000);

  assert.equal(shown()?.isEnabled, false);
  assert.equal(shown()?.lastProcessingResult, 'PROBLEM: Function call failed');
});

/** Waits until a function has run, and its result has reached the mapping. */
async function afterInvocation({ happenings }: Simulator, act: () => unknown): Promise<void> {
  const ran = new Promise<void>((resolve) => {
    happenings.listen(({ kind }) => {
      if (kind === 'invocation') resolve();
    });
  });
  act();
  await ran;
  await nextTurn();
}
