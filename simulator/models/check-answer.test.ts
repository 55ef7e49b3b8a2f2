import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer } from './check-answer.ts';
import { createModelCheck } from './model-check.ts';

const json = (service: string, operation: string, value: unknown, status = 200) => ({
  service,
  operation,
  answer: { status, body: JSON.stringify(value) },
});

const xml = (service: string, operation: string, body: string, status = 200) => ({
  service,
  operation,
  answer: { status, body },
});

const QUEUE = {
  Id: 'b1b1b1b1-0000-4000-8000-00000000b001',
  Name: 'billing',
  QueueType: 'STANDARD',
  LastModifiedTime: 1_790_000_000.5,
};

/** Each answer, and the place in it that is not as the model says. None: all is. */
const ANSWERS = [
  { call: json('connect', 'ListQueues', { QueueSummaryList: [QUEUE] }), places: [] },
  {
    title: 'a member that is not in the model',
    call: json('connect', 'ListQueues', { QueueSummaryList: [{ ...QUEUE, QueueId: 'b1' }] }),
    places: ['QueueSummaryList[].QueueId'],
  },
  {
    title: 'a value that is not in the enumeration',
    call: json('connect', 'ListQueues', { QueueSummaryList: [{ ...QUEUE, QueueType: 'standard' }] }),
    places: ['QueueSummaryList[].QueueType'],
  },
  {
    title: 'a number where a text belongs, and nothing where a list belongs',
    call: json('connect', 'ListQueues', { QueueSummaryList: [{ ...QUEUE, Name: 7 }], NextToken: null }),
    places: ['QueueSummaryList[].Name', 'NextToken'],
  },
  {
    title: 'an empty text, which AWS leaves out',
    call: json('connect', 'DescribeQueue', { Queue: { Name: 'billing', Description: '' } }),
    places: ['Queue.Description'],
  },
  {
    title: 'such a value further inside',
    call: json('transcribe', 'StartTranscriptionJob', {
      TranscriptionJob: { TranscriptionJobName: 'one', Settings: { VocabularyFilterMethod: 'hide' } },
    }),
    places: ['TranscriptionJob.Settings.VocabularyFilterMethod'],
  },
  {
    title: 'required members of what is in a list',
    call: json('kinesis', 'ListShards', { Shards: [{ ShardId: 'shardId-000000000000' }] }),
    places: ['Shards[].HashKeyRange', 'Shards[].SequenceNumberRange'],
  },
  {
    title: 'names in a map that are an enumeration',
    call: json('sqs', 'GetQueueAttributes', { Attributes: { QueueArn: 'arn:aws:sqs:::q', Colour: 'red' } }),
    places: ['Attributes.*'],
  },
  {
    title: 'an element that is not in the model',
    call: xml(
      'sns',
      'ListTopics',
      '<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>arn:aws:sns:::t</TopicArn><Name>t</Name>' +
        '</member></Topics></ListTopicsResult></ListTopicsResponse>',
    ),
    places: ['Topics[].Name'],
  },
  {
    title: 'a list whose items are not called as in the model',
    call: xml(
      'sns',
      'ListTopics',
      '<ListTopicsResponse><ListTopicsResult><Topics><Topic/></Topics></ListTopicsResult></ListTopicsResponse>',
    ),
    places: ['Topics'],
  },
  {
    call: xml(
      's3',
      'ListObjectsV2',
      '<ListBucketResult><Name>b</Name><Prefix/><KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>' +
        '<Contents><Key>a</Key><Size>1</Size></Contents><Contents><Key>b</Key></Contents></ListBucketResult>',
    ),
    places: [],
  },
  {
    title: 'a number that is none, in a list without an element around it',
    call: xml(
      's3',
      'ListObjectsV2',
      '<ListBucketResult><Contents><Key>a</Key><Size>large</Size></Contents></ListBucketResult>',
    ),
    places: ['Contents[].Size'],
  },
  {
    title: 'a status that is not the one of success',
    call: json('connect', 'ListQueues', { QueueSummaryList: [] }, 201),
    places: ['(status)'],
  },
  {
    title: 'an error that the operation does not have',
    call: json('connect', 'ListInstances', { __type: 'InvalidParameterException' }, 400),
    places: ['(error)'],
  },
  {
    title: 'an error with the status of another one',
    call: json('connect', 'ListQueues', { __type: 'ResourceNotFoundException' }, 400),
    places: ['(error)'],
  },
  { call: json('connect', 'ListQueues', { __type: 'ResourceNotFoundException' }, 404), places: [] },
  { call: json('sqs', 'PurgeQueue', { __type: 'com.amazonaws.sqs#QueueDoesNotExist' }, 400), places: [] },
  {
    title: 'an operation that AWS does not have',
    call: json('connect', 'ListVoicemails', {}),
    places: [''],
  },
];

for (const { title = 'an answer as the model has it', call, places } of ANSWERS) {
  test(`${title}: ${places.length === 0 ? 'nothing to say' : 'named'} (${call.operation} ${call.answer.status})`, () => {
    assert.deepEqual(
      checkAnswer(call).map(({ path }) => path),
      places,
    );
  });
}

test('at the end of a gateway each such place is named once, with what came and what is allowed', () => {
  const check = createModelCheck();
  const call = json('connect', 'ListQueues', { QueueSummaryList: [{ ...QUEUE, QueueType: 'standard' }] });
  check.see(call);
  check.see(call);

  assert.throws(check.end, {
    message:
      "answers that are not as the SDK's models say:\n" +
      'connect ListQueues QueueSummaryList[].QueueType: came "standard"; allowed: QueueType: AGENT, STANDARD',
  });
});

test('a service that no client is known for is named', () => {
  assert.throws(() => checkAnswer(json('athena', 'ListDatabases', {})), /which client asks athena/);
});
