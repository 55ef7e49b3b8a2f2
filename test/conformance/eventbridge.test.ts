import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createEventBridge } from '../../simulator/services/eventbridge/eventbridge.ts';
import { startTarget } from './setup.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:recordings';
const RULE_ARN = 'arn:aws:events:us-east-1:111122223333:rule/on-recording';
const BUS_ARN = 'arn:aws:events:us-east-1:111122223333:event-bus/default';

/** Rules are made by templates here: all of this needs the simulator. */
async function acme(t: TestContext) {
  const surroundings = { clock: createClock('fast'), happenings: createHappenings() };
  const bus = createEventBridge(surroundings);
  bus.addRule({
    name: 'on-recording',
    eventPattern: { source: ['aws.s3'] },
    enabled: true,
    description: 'New recordings',
    tags: { part: 'recordings' },
    shownTargets: [{ Id: 'Target0', Arn: QUEUE, InputPath: '$.detail' }],
    targets: [() => {}],
  });
  bus.addRule({ name: 'every-minute', scheduleExpression: 'rate(1 minute)', enabled: true, targets: [] });
  bus.addRule({ name: 'old', eventPattern: { source: ['old'] }, enabled: false, targets: [] });
  const { client: settings, gateway, close } = await startTarget([bus.service], surroundings);
  t.after(close);
  return { bus, gateway, settings, client: new EventBridgeClient(settings) };
}

test('rules are listed by name, in pages', async (t) => {
  const { client, bus } = await acme(t);
  bus.disableRule('every-minute');

  const first = await client.send(new ListRulesCommand({ Limit: 2 }));
  const rest = await client.send(new ListRulesCommand({ Limit: 2, NextToken: first.NextToken }));
  const some = await client.send(new ListRulesCommand({ NamePrefix: 'o' }));

  assert.deepEqual(
    [first, rest, some].map(({ Rules = [] }) => Rules.map(({ Name, State }) => `${Name} ${State}`)),
    [
      ['every-minute DISABLED', 'old DISABLED'],
      ['on-recording ENABLED'],
      ['old DISABLED', 'on-recording ENABLED'],
    ],
  );
  for (const input of [
    { NamePrefix: 'o', NextToken: first.NextToken },
    { NextToken: 'none' },
    { Limit: 0 },
  ]) {
    await assert.rejects(client.send(new ListRulesCommand(input)), { name: 'ValidationException' });
  }
});

test('a rule is described, with its targets and tags', async (t) => {
  const { client } = await acme(t);

  const rule = await client.send(new DescribeRuleCommand({ Name: 'on-recording', EventBusName: 'default' }));
  const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'on-recording' }));
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: RULE_ARN }));
  const { RuleNames } = await client.send(new ListRuleNamesByTargetCommand({ TargetArn: QUEUE }));
  const minute = await client.send(new DescribeRuleCommand({ Name: 'every-minute' }));

  assert.partialDeepStrictEqual(rule, {
    Name: 'on-recording',
    Arn: RULE_ARN,
    EventPattern: '{"source":["aws.s3"]}',
    State: 'ENABLED',
    Description: 'New recordings',
    EventBusName: 'default',
    CreatedBy: '111122223333',
  });
  assert.deepEqual(Targets, [{ Id: 'Target0', Arn: QUEUE, InputPath: '$.detail' }]);
  assert.deepEqual(Tags, [{ Key: 'part', Value: 'recordings' }]);
  assert.deepEqual(RuleNames, ['on-recording']);
  assert.deepEqual([minute.ScheduleExpression, minute.EventPattern], ['rate(1 minute)', undefined]);
});

test('there is one bus, and others are not found', async (t) => {
  const { client } = await acme(t);

  const { EventBuses = [] } = await client.send(new ListEventBusesCommand({}));
  const bus = await client.send(new DescribeEventBusCommand({ Name: BUS_ARN }));

  assert.deepEqual(
    EventBuses.map(({ Name, Arn }) => [Name, Arn]),
    [['default', BUS_ARN]],
  );
  assert.equal(bus.Name, 'default');
  const others = [
    client.send(new DescribeEventBusCommand({ Name: 'other' })),
    client.send(new ListRulesCommand({ EventBusName: 'other' })),
    client.send(new DescribeRuleCommand({ Name: 'none' })),
    client.send(new ListTargetsByRuleCommand({ Rule: 'none' })),
    client.send(new ListTagsForResourceCommand({ ResourceARN: `${RULE_ARN}s` })),
  ];
  for (const other of others) await assert.rejects(other, { name: 'ResourceNotFoundException' });
});

test('a pattern is tried on an event', async (t) => {
  const { client } = await acme(t);
  const event = {
    id: '1',
    account: '111122223333',
    source: 'aws.s3',
    time: '2026-03-04T14:01:58Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'Object Created',
    detail: { object: { key: '1.wav' } },
  };
  const tried = (EventPattern: string, Event = JSON.stringify(event)) =>
    client.send(new TestEventPatternCommand({ EventPattern, Event }));

  assert.equal((await tried('{"detail":{"object":{"key":[{"suffix":".wav"}]}}}')).Result, true);
  assert.equal((await tried('{"source":["aws.ses"]}')).Result, false);
  await assert.rejects(tried('{"source":"aws.s3"}'), { name: 'InvalidEventPatternException' });
  await assert.rejects(tried('no JSON'), { name: 'InvalidEventPatternException' });
  await assert.rejects(tried('{"source":["aws.s3"]}', '{"source":"aws.s3"}'), {
    name: 'ValidationException',
  });
});

test('each look has a permission of its own', async (t) => {
  const { gateway, settings } = await acme(t);
  const arn = 'arn:aws:iam::111122223333:role/reader';
  const statements = [{ Effect: 'Allow', Action: 'events:DescribeRule', Resource: RULE_ARN }] as const;
  const credentials = gateway.identities.addRole({ arn, statements });
  const reader = new EventBridgeClient({ ...settings, credentials });

  await reader.send(new DescribeRuleCommand({ Name: 'on-recording' }));
  const refused = [
    reader.send(new DescribeRuleCommand({ Name: 'old' })),
    reader.send(new ListRulesCommand({})),
    reader.send(new ListTargetsByRuleCommand({ Rule: 'on-recording' })),
    reader.send(new ListRuleNamesByTargetCommand({ TargetArn: QUEUE })),
    reader.send(new ListEventBusesCommand({})),
    reader.send(new DescribeEventBusCommand({})),
    reader.send(new ListTagsForResourceCommand({ ResourceARN: RULE_ARN })),
    reader.send(new TestEventPatternCommand({ EventPattern: '{}', Event: '{}' })),
  ];
  for (const one of refused) await assert.rejects(one, { name: 'AccessDeniedException' });
});
