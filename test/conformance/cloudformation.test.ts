import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { createCloudFormation } from '../../simulator/services/cloudformation/cloudformation.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

/** In AWS the stack must be there; CONFORMANCE_STACK_NAME names it. */
const STACK_NAME = process.env['CONFORMANCE_STACK_NAME'] ?? 'VoicemailExpress';
const OUTPUTS = { LedgerTable: 'ledger-1', Odd: 'a<b>&"c"' };

const { service } = createCloudFormation({
  stacks: () => [
    { stackName: STACK_NAME, createdAtMs: Date.parse('2026-03-04T14:00:00Z'), outputs: OUTPUTS },
  ],
});
const { client: settings, gateway, close } = await startTarget([service]);
const cloudFormation = new CloudFormationClient(settings);
after(close);

test('a stack is described by its name, and by its id', async () => {
  const byName = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK_NAME }));
  const [stack] = byName.Stacks ?? [];
  const byId = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack?.StackId }));

  assert.equal(stack?.StackName, STACK_NAME);
  assert.match(stack?.StackId ?? '', /^arn:aws:cloudformation:[\w-]+:\d{12}:stack\/[\w-]+\/[\w-]+$/);
  assert.ok(stack?.CreationTime instanceof Date);
  assert.deepEqual(byId.Stacks, byName.Stacks);
});

test('outputs come as they are', simulatorOnly, async () => {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));

  const [outputs = []] = Stacks.map(({ Outputs }) => Outputs);
  assert.deepEqual(
    Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
    OUTPUTS,
  );
});

test('an unknown stack is a validation error', async () => {
  await assert.rejects(
    cloudFormation.send(new DescribeStacksCommand({ StackName: 'no-such-stack' })),
    answered(400, 'ValidationError'),
  );
});

test('the refusal to describe the stack names the missing permission', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:role/nobody';
  const credentials = gateway.identities.addRole({ arn, statements: [] });
  const denied = new CloudFormationClient({ ...settings, credentials });

  await assert.rejects(denied.send(new DescribeStacksCommand({ StackName: STACK_NAME })), (error) => {
    answered(403, 'AccessDenied')(error);
    return /cloudformation:DescribeStacks on resource: arn:aws:cloudformation:/.test(String(error));
  });
});

test('operations that nobody uses are not there', simulatorOnly, async () => {
  await assert.rejects(
    cloudFormation.send(new ListStacksCommand({})),
    answered(501, 'UnknownOperationException'),
  );
});
