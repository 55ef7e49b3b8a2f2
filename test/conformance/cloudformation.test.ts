import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  paginateListStackResources,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { createClock } from '../../simulator/clock.ts';
import { createCloudFormation } from '../../simulator/services/cloudformation/cloudformation.ts';
import { LAPTOP_ACCOUNT } from '../../simulator/sample-account.ts';
import { newStackRecord, type StackRecord } from '../../simulator/stacks/stack-record.ts';
import { parseTemplate } from '../../simulator/template/template.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

/** In AWS the stack must be there; CONFORMANCE_STACK_NAME names it. */
const STACK_NAME = process.env['CONFORMANCE_STACK_NAME'] ?? 'VoicemailExpress';
const OUTPUTS = { LedgerTable: 'ledger-1', Odd: 'a<b>&"c"' };

const atMs = Date.parse('2026-03-04T14:00:00Z');
const resources = Array.from({ length: 150 }, (_, index) => ({
  logicalId: `Queue${index}`,
  type: 'AWS::SQS::Queue',
  physicalId: `https://sqs.us-east-1.amazonaws.com/111122223333/queue-${index}`,
  status: 'CREATE_COMPLETE',
  changedAtMs: atMs,
}));
const source = { Description: 'Voicemail', Resources: { Queue0: { Type: 'AWS::SQS::Queue' } } };
const clock = createClock('real');
const record: StackRecord = {
  ...newStackRecord(STACK_NAME, { account: LAPTOP_ACCOUNT, earlier: 0, atMs }),
  status: 'CREATE_COMPLETE',
  outputs: OUTPUTS,
  rows: new Map(resources.map((row) => [row.logicalId, row])),
  definition: {
    source,
    template: parseTemplate(source),
    parameters: {},
    tags: {},
    capabilities: [],
    notificationArns: [],
    codeFolder: () => '',
  },
};

const { service } = createCloudFormation({
  clock,
  stacks: () => [record],
  life: () => assert.fail('nothing is changed here'),
  s3: { get: () => assert.fail('nothing is published here') },
  folder: '',
  state: {
    stacks: [
      { name: 'half-made', status: 'REVIEW_IN_PROGRESS' },
      { name: 'gone', description: 'Voicemail', status: 'DELETE_COMPLETE' },
    ],
    drifts: [
      {
        stackName: STACK_NAME,
        hoursAgo: 30,
        resources: [
          {
            logicalId: 'Queue1',
            status: 'MODIFIED',
            differences: [{ path: '/DelaySeconds', expected: '0', actual: '9', kind: 'NOT_EQUAL' }],
          },
          { logicalId: 'Queue2', status: 'DELETED' },
        ],
      },
    ],
  },
});
const { client: settings, gateway, close } = await startTarget([service], { clock });
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

test(
  'stacks of others are described and listed, and a deleted one is only listed',
  simulatorOnly,
  async () => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
    const { StackSummaries = [] } = await cloudFormation.send(new ListStacksCommand({}));
    const gone = StackSummaries.find(({ StackName }) => StackName === 'gone');

    assert.deepEqual(
      Stacks.map(({ StackName, StackStatus }) => [StackName, StackStatus]),
      [
        [STACK_NAME, 'CREATE_COMPLETE'],
        ['half-made', 'REVIEW_IN_PROGRESS'],
      ],
    );
    assert.partialDeepStrictEqual(gone, { StackStatus: 'DELETE_COMPLETE', TemplateDescription: 'Voicemail' });
    assert.ok(gone?.DeletionTime instanceof Date);
    const byId = await cloudFormation.send(new DescribeStacksCommand({ StackName: gone.StackId }));
    assert.equal(byId.Stacks?.[0]?.StackStatus, 'DELETE_COMPLETE');
    await assert.rejects(
      cloudFormation.send(new DescribeStacksCommand({ StackName: 'gone' })),
      answered(400, 'ValidationError'),
    );
  },
);

test('stacks are listed by their status', async () => {
  const command = new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] });

  const { StackSummaries = [] } = await cloudFormation.send(command);

  assert.ok(StackSummaries.some(({ StackName }) => StackName === STACK_NAME));
  assert.ok(StackSummaries.every(({ StackStatus = '' }) => StackStatus.endsWith('_COMPLETE')));
});

test(
  'the resources of a stack come in pages, and a token of something else is refused',
  simulatorOnly,
  async () => {
    const pages = paginateListStackResources({ client: cloudFormation }, { StackName: STACK_NAME });
    const sizes: number[] = [];
    for await (const { StackResourceSummaries = [] } of pages) sizes.push(StackResourceSummaries.length);

    assert.deepEqual(sizes, [100, 50]);
    await assert.rejects(
      cloudFormation.send(new ListStackResourcesCommand({ StackName: STACK_NAME, NextToken: 'made-up' })),
      answered(400, 'ValidationError'),
    );
  },
);

test('resources are described a hundred at most, or one by its logical id', simulatorOnly, async () => {
  const first = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK_NAME }));
  const one = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: STACK_NAME, LogicalResourceId: 'Queue149' }),
  );

  assert.equal(first.StackResources?.length, 100);
  assert.deepEqual(
    one.StackResources?.map(({ PhysicalResourceId }) => PhysicalResourceId),
    [resources.at(-1)?.physicalId],
  );
  await assert.rejects(
    cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: STACK_NAME, LogicalResourceId: 'nobody' }),
    ),
    answered(400, 'ValidationError'),
  );
});

test('what the last detection of drift found is described, with its time', simulatorOnly, async () => {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  const { StackResourceDrifts = [] } = await cloudFormation.send(
    new DescribeStackResourceDriftsCommand({
      StackName: STACK_NAME,
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
    }),
  );

  const [drift, none] = Stacks.map(({ DriftInformation }) => DriftInformation);
  assert.equal(drift?.StackDriftStatus, 'DRIFTED');
  assert.ok(clock.now() - (drift.LastCheckTimestamp?.getTime() ?? 0) >= 30 * 3_600_000);
  assert.deepEqual(none, { StackDriftStatus: 'NOT_CHECKED' });
  assert.deepEqual(
    StackResourceDrifts.map((one) => [
      one.LogicalResourceId,
      one.StackResourceDriftStatus,
      one.PropertyDifferences?.map(({ PropertyPath, ActualValue }) => `${PropertyPath} ${ActualValue}`),
    ]),
    [
      ['Queue1', 'MODIFIED', ['/DelaySeconds 9']],
      ['Queue2', 'DELETED', []],
    ],
  );
});

test('the template of a stack comes as it was deployed', simulatorOnly, async () => {
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName: STACK_NAME }));

  assert.deepEqual(JSON.parse(TemplateBody), source);
});

test('operations that nobody uses are not there, and the answer names them', simulatorOnly, async () => {
  await assert.rejects(cloudFormation.send(new ListExportsCommand({})), (error) => {
    answered(501, 'UnknownOperationException')(error);
    return String(error).endsWith('this operation of cloudformation: ListExports');
  });
});

test('a resource is described alone, and a template in few words', simulatorOnly, async () => {
  const StackName = STACK_NAME;
  const describe = (LogicalResourceId: string) =>
    cloudFormation.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId }));
  const TemplateBody = JSON.stringify({
    Description: 'two roles',
    Parameters: { Days: { Type: 'Number', Default: 30, Description: 'how long' } },
    Resources: { Role: { Type: 'AWS::IAM::Role' }, Queue: { Type: 'AWS::SQS::Queue' } },
  });

  const { StackResourceDetail } = await describe('Queue7');
  const valid = await cloudFormation.send(new ValidateTemplateCommand({ TemplateBody }));
  const summary = await cloudFormation.send(new GetTemplateSummaryCommand({ TemplateBody }));
  const ofStack = await cloudFormation.send(new GetTemplateSummaryCommand({ StackName }));

  assert.partialDeepStrictEqual(StackResourceDetail, { ResourceType: 'AWS::SQS::Queue' });
  const parameter = { ParameterKey: 'Days', DefaultValue: '30', Description: 'how long' };
  assert.partialDeepStrictEqual(valid, { Capabilities: ['CAPABILITY_IAM'], Parameters: [parameter] });
  assert.deepEqual(summary.ResourceTypes, ['AWS::IAM::Role', 'AWS::SQS::Queue']);
  assert.partialDeepStrictEqual(summary.Parameters, [{ ...parameter, ParameterType: 'Number' }]);
  assert.equal(ofStack.Description, 'Voicemail');
  await assert.rejects(describe('Nothing'), answered(400, 'ValidationError'));
  const broken = cloudFormation.send(new ValidateTemplateCommand({ TemplateBody: '{' }));
  await assert.rejects(broken, /JSON not well-formed/);
});
