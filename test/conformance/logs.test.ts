import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  ListTagsForResourceCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { createClock } from '../../simulator/clock.ts';
import { createLogs } from '../../simulator/services/logs/logs.ts';
import { startTestStack } from '../../simulator/template/stack.fixture.ts';
import { answered, startTarget } from './setup.ts';

const GROUP = '/acme/records';
const ARN = `arn:aws:logs:us-east-1:111122223333:log-group:${GROUP}`;
const DAY_MS = 86_400_000;
const MAY_ALL = { isAllowed: () => true };

test('log groups and streams are listed, in pages', async (t) => {
  const { client, write, logs } = await acme(t);
  for (let count = 0; count < 50; count += 1) logs.putGroup({ name: `/many/${count}` });
  write('one', 'first');
  write('two', 'second');
  const groups = (input: object = {}) => client.send(new DescribeLogGroupsCommand(input));
  const streams = (input: object = {}) =>
    client.send(new DescribeLogStreamsCommand({ logGroupName: GROUP, ...input }));

  const first = await groups();
  const second = await groups({ nextToken: first.nextToken });
  const byPattern = await groups({ logGroupNamePattern: 'RECORDS' });
  const oldest = await streams({ limit: 1 });
  const newest = await streams({ orderBy: 'LastEventTime', descending: true });

  assert.deepEqual([first.logGroups?.length, second.logGroups?.length, second.nextToken], [50, 1, undefined]);
  assert.partialDeepStrictEqual(byPattern.logGroups, [
    { logGroupName: GROUP, arn: `${ARN}:*`, logGroupArn: ARN, retentionInDays: 7 },
  ]);
  assert.equal(oldest.logStreams?.[0]?.logStreamName, 'one');
  assert.ok(oldest.nextToken);
  assert.equal(newest.logStreams?.[0]?.logStreamName, 'two');
  await assert.rejects(groups({ nextToken: 'x' }), answered(400, 'InvalidParameterException'));
  await assert.rejects(streams({ nextToken: first.nextToken }), { name: 'InvalidParameterException' });
  await assert.rejects(streams({ logGroupName: 'none' }), answered(400, 'ResourceNotFoundException'));
});

test('the events of a stream are read from both ends, and a token at the end comes again', async (t) => {
  const { client, write } = await acme(t);
  for (const message of ['a', 'b', 'c']) write('one', message);
  const read = async (input: Partial<GetLogEventsCommandInput> = {}) => {
    const asked = { logGroupName: GROUP, logStreamName: 'one', ...input };
    const { events = [], ...tokens } = await client.send(new GetLogEventsCommand(asked));
    return { messages: events.map(({ message }) => message).join(''), ...tokens };
  };

  const last = await read({ limit: 2 });
  const before = await read({ limit: 2, nextToken: last.nextBackwardToken });
  const head = await read({ limit: 2, startFromHead: true });
  const rest = await read({ nextToken: head.nextForwardToken });
  const atEnd = await read({ nextToken: rest.nextForwardToken });
  write('one', 'd');
  const more = await read({ nextToken: atEnd.nextForwardToken });

  assert.deepEqual(
    [last, before, head, rest, atEnd, more].map(({ messages }) => messages),
    ['bc', 'a', 'ab', 'c', '', 'd'],
  );
  assert.equal(atEnd.nextForwardToken, rest.nextForwardToken);
  await assert.rejects(read({ nextToken: 'x' }), answered(400, 'InvalidParameterException'));
  await assert.rejects(read({ logStreamName: 'none' }), answered(400, 'ResourceNotFoundException'));
});

test('events of all streams are filtered by pattern, stream and time, in pages', async (t) => {
  const { client, clock, write } = await acme(t);
  write('one', '{"level":"ERROR","message":"parked"}');
  write('two', '{"level":"INFO","message":"delivered"}');
  clock.advance(1000);
  const lateMs = Math.floor(clock.now());
  write('two', 'plain text');
  const filter = async (input: Partial<FilterLogEventsCommandInput> = {}) =>
    (await client.send(new FilterLogEventsCommand({ logGroupIdentifier: ARN, ...input }))).events ?? [];
  const countOf = async (input: Partial<FilterLogEventsCommandInput>) => (await filter(input)).length;

  const [first, ...more] = await filter();
  const page = await client.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 2 }));
  const { nextToken } = page;
  const rest = await client.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 2, nextToken }));

  assert.partialDeepStrictEqual(first, {
    logStreamName: 'one',
    message: '{"level":"ERROR","message":"parked"}',
  });
  assert.match(first?.eventId ?? '', /^\d{56}$/);
  assert.equal(more.length, 2);
  assert.deepEqual([page.events?.length, rest.events?.length, rest.nextToken], [2, 1, undefined]);
  assert.equal(await countOf({ filterPattern: '{ $.level = "ERROR" }' }), 1);
  assert.equal(await countOf({ filterPattern: 'plain' }), 1);
  assert.equal(await countOf({ logStreamNames: ['two'] }), 2);
  assert.equal(await countOf({ logStreamNamePrefix: 'o' }), 1);
  assert.equal(await countOf({ startTime: lateMs }), 1);
  assert.equal(await countOf({ endTime: lateMs - 1 }), 2);
  await assert.rejects(filter({ nextToken: 'x' }), answered(400, 'InvalidParameterException'));
  await assert.rejects(filter({ filterPattern: '{ $.level }' }), { name: 'InvalidParameterException' });
  await assert.rejects(filter({ filterPattern: '[a, b]' }), (error) => {
    assert.match(String(error), /does not know filter patterns with columns of a message/);
    return answered(501, 'UnknownOperationException')(error);
  });
});

test('what is older than the retention is gone, and the last events of a full group are kept', async (t) => {
  const { client, clock, write } = await acme(t);
  const filter = async () =>
    (await client.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 10_000 }))).events ?? [];
  write('one', 'old');
  clock.advance(8 * DAY_MS);
  write('one', 'new');
  const kept = await filter();

  const long = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 9; count += 1) write('one', `${count}${long}`);
  const afterMany = await filter();

  assert.deepEqual(
    kept.map(({ message }) => message),
    ['new'],
  );
  assert.deepEqual(
    afterMany.map(({ message }) => message?.[0]),
    ['2', '3', '4', '5', '6', '7', '8'],
  );
});

test('tags are those of the template, a role reads what it may, and Insights says that it is not there', async (t) => {
  const { client, clientOf, gateway, write } = await acme(t);
  write('one', 'first');
  const reader = clientOf(
    gateway.identities.addRole({
      arn: 'arn:aws:iam::111122223333:role/reader',
      statements: [{ Effect: 'Allow', Action: 'logs:FilterLogEvents', Resource: `${ARN}:*` }],
    }),
  );
  const asked = { logGroupName: GROUP, logStreamName: 'one' };

  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: ARN }));
  const { events } = await reader.send(new FilterLogEventsCommand({ logGroupName: GROUP }));

  assert.deepEqual(tags, { team: 'acme' });
  assert.equal(events?.length, 1);
  for (const call of [
    reader.send(new FilterLogEventsCommand({ logGroupName: '/other' })),
    reader.send(new GetLogEventsCommand(asked)),
    reader.send(new DescribeLogGroupsCommand({})),
    reader.send(new DescribeLogStreamsCommand({ logGroupName: GROUP })),
    reader.send(new ListTagsForResourceCommand({ resourceArn: ARN })),
  ]) {
    await assert.rejects(call, { name: 'AccessDeniedException' });
  }
  const query = { queryString: 'fields @message', startTime: 0, endTime: 1 };
  await assert.rejects(client.send(new StartQueryCommand(query)), (error) => {
    assert.match(String(error), /does not know this operation of logs: .*StartQuery/);
    return answered(501, 'UnknownOperationException')(error);
  });
});

test('a function’s log is in its group, as its role allows, with what Lambda itself writes', async (t) => {
  const code = `export const handler = async () => {
    console.log(JSON.stringify({ stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME }));
  };`;
  const properties = { LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: 'Log' } } };
  const Resource = { 'Fn::GetAtt': ['Log', 'Arn'] };
  const writes = { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource };
  const simulator = await startTestStack(t, {
    functions: {
      writer: { code, properties, may: [writes] },
      mute: { code, properties },
    },
    resources: {
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: GROUP, RetentionInDays: 7 } },
    },
  });
  const { endpoint, credentials, lambda, deployment } = simulator;
  const client = new CloudWatchLogsClient({ endpoint, credentials, region: 'us-east-1' });

  for (const { arn } of Object.values(deployment.functions)) await lambda.invoke(arn, '{}');
  const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName: GROUP }));

  const [start, line, report, ...more] = events.map(({ message = '' }) => JSON.parse(message));
  assert.deepEqual(more, []);
  assert.equal(start.type, 'platform.start');
  assert.equal(start.record.functionArn, deployment.functions['writer']?.arn);
  assert.equal(line.stream, events[0]?.logStreamName);
  assert.match(line.stream, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  assert.partialDeepStrictEqual(report, {
    type: 'platform.report',
    record: { requestId: start.record.requestId, status: 'success' },
  });
});

async function acme(t: TestContext) {
  const clock = createClock('fast');
  const logs = createLogs({ clock });
  logs.putGroup({ name: GROUP, retentionDays: 7, tags: { team: 'acme' } });
  const { client: settings, gateway, close } = await startTarget([logs.service], { clock });
  t.after(close);
  const clientOf = (credentials = gateway.credentials) =>
    new CloudWatchLogsClient({ ...settings, credentials });
  const write = (stream: string, message: string) =>
    logs.write({ group: GROUP, stream, message, atMs: clock.now() }, MAY_ALL);
  return { client: clientOf(), clientOf, clock, gateway, logs, write };
}
