import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsIn, sessionIn } from '../../scripts/aws-commands.ts';
import { apiCall } from './api-call.ts';
import { packageOf } from './clients.ts';
import { highLevelS3 } from './high-level-s3.ts';

async function call(command: string, files: Readonly<Record<string, string>> = {}) {
  const [found] = commandsIn(`\`\`\`\n${command}\n\`\`\``, 'page.md');
  const words = found?.words ?? [];
  return apiCall(words, await packageOf(words[1] ?? ''), (file) => files[file] ?? '');
}

const operations = (...words: readonly string[]) =>
  highLevelS3(['aws', 's3', ...words])?.map(({ operation, input }) => [operation, ...Object.values(input)]);

test('commands are found in blocks and sentences, with their lines, and without what a shell does with them', () => {
  const text = [
    'Type `aws sso login`, not `aws sqs`.',
    '```',
    '$ KEY=$(aws s3api list-objects-v2 --bucket $B --query "Contents[0].Key" --output text)',
    'done',
    'aws sqs purge-queue \\',
    "  --queue-url 'a b' > out.txt",
    '$ of() { aws sts get-caller-identity; }',
    '```',
  ].join('\n');

  assert.deepEqual(
    commandsIn(text, 'page.md').map(({ line, words }) => [line, words.join('|')]),
    [
      [1, 'aws|sso|login'],
      [3, 'aws|s3api|list-objects-v2|--bucket|$B|--query|Contents[0].Key|--output|text'],
      [5, 'aws|sqs|purge-queue|--queue-url|a b'],
      [7, 'aws|sts|get-caller-identity'],
    ],
  );
  assert.deepEqual(sessionIn('```\n$ a \\\n  b\nout\n```\n$ c\n```\n$ d\n```\n'), ['a b', 'd']);
});

test('options become members of the input: by name, shorthand, JSON, files and lists', async () => {
  assert.deepEqual(
    await call('aws sqs get-queue-attributes --queue-url q --attribute-names A B --output text'),
    {
      service: 'sqs',
      operation: 'GetQueueAttributes',
      input: { QueueUrl: 'q', AttributeNames: ['A', 'B'] },
    },
  );
  const ttl = 'aws dynamodb update-time-to-live --time-to-live-specification Enabled=true,AttributeName=e';
  assert.deepEqual((await call(ttl)).input, {
    TimeToLiveSpecification: { Enabled: true, AttributeName: 'e' },
  });
  const time = 'aws dynamodb restore-table-to-point-in-time --restore-date-time 2026-11-30T08:00:00Z';
  assert.deepEqual((await call(time)).input, { RestoreDateTime: new Date('2026-11-30T08:00:00Z') });
  const contacts =
    'aws connect search-contacts --search-criteria Channels=VOICE --time-range Type=A,StartTime=2026-11-30T08:00:00Z';
  assert.deepEqual((await call(contacts)).input, {
    SearchCriteria: { Channels: ['VOICE'] },
    TimeRange: { Type: 'A', StartTime: new Date('2026-11-30T08:00:00Z') },
  });
  const policy = 'aws iam create-policy --policy-document file://p.json';
  assert.deepEqual((await call(policy, { 'p.json': '{}' })).input, { PolicyDocument: '{}' });
  assert.equal((await call('aws dynamodb wait table-exists --table-name t')).operation, 'DescribeTable');
});

test('an operation or option that the SDK does not have is named', async () => {
  await assert.rejects(call('aws sqs list-things'), /SDK's sqs has no operation list-things/);
  await assert.rejects(call('aws sqs list-queues --colour red'), /ListQueues has no option --colour/);
  await assert.rejects(call('aws s4 list-queues'), /no package of the SDK is known for aws s4/);
});

test('the commands of aws s3 are what they ask of S3', () => {
  assert.deepEqual(operations('ls'), [['ListBuckets']]);
  assert.deepEqual(operations('ls', 's3://b', '--recursive'), [['ListObjectsV2', 'b', '']]);
  assert.deepEqual(operations('cp', 's3://b/a/k', '.'), [
    ['HeadObject', 'b', 'a/k'],
    ['GetObject', 'b', 'a/k'],
  ]);
  assert.equal(highLevelS3(['aws', 's3api', 'list-buckets']), undefined);
  assert.throws(() => operations('website', 's3://b'), /aws s3 website is not known/);
});
