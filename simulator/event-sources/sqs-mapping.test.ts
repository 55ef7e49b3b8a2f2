import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { arnOf, happened, startTestStack, type TestStack, worksOn } from '../template/stack.fixture.ts';

/** Prints what it got; fails for messages that say how often. */
const WORKER = `export const handler = async ({ Records }) => {
  for (const record of Records) {
    const tries = Number(record.attributes.ApproximateReceiveCount);
    console.log(record.body + ' ' + tries);
    if (tries <= Number(record.body.split('-')[1] ?? 0)) throw new Error('not yet');
  }
};`;

test('a message that fails twice comes back after its visibility timeout, and is then processed', async (t) => {
  const { simulator, queueArn } = await startWorker(t);
  const startedAtMs = simulator.clock.now();

  simulator.sqs.send(queueArn, 'fail-2');
  const { atMs } = await happened(simulator, 'invocation', ({ error }) => error === undefined);

  assert.deepEqual(linesOf(simulator), ['fail-2 1', 'fail-2 2', 'fail-2 3']);
  assert.ok(atMs - startedAtMs >= 60_000, 'two visibility timeouts of 30 s');
  assert.deepEqual(simulator.sqs.depth(queueArn), { visible: 0, inFlight: 0 });
});

test('a message that always fails is a dead letter after its last receive', async (t) => {
  const { simulator, queueArn, deadLettersArn } = await startWorker(t);

  simulator.sqs.send(queueArn, 'fail-9');
  const { queueArn: where } = await happened(simulator, 'dead-letter');

  assert.equal(where, deadLettersArn);
  assert.deepEqual(linesOf(simulator), ['fail-9 1', 'fail-9 2', 'fail-9 3']);
  assert.deepEqual(
    simulator.sqs.messages(deadLettersArn).map(({ body }) => body),
    ['fail-9'],
  );
});

test('messages that a function reports as failed stay in the queue, and the others are deleted', async (t) => {
  const code = `export const handler = async ({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })),
  });`;
  const { simulator, queueArn } = await startWorker(t, { code, mapping: REPORTS });

  for (const body of ['good', 'bad', 'fine']) simulator.sqs.send(queueArn, body);
  await happened(simulator, 'invocation');

  assert.deepEqual(
    simulator.sqs.messages(queueArn).map(({ body }) => body),
    ['bad'],
  );
});

test('messages that do not pass the filter are deleted, and the function does not see them', async (t) => {
  const Filters = [{ Pattern: '{"body":{"kind":["voicemail"]}}' }];
  const { simulator, queueArn } = await startWorker(t, { mapping: { FilterCriteria: { Filters } } });

  simulator.sqs.send(queueArn, '{"kind":"ping"}');
  simulator.sqs.send(queueArn, 'not JSON');
  simulator.sqs.send(queueArn, '{"kind":"voicemail"}');
  await happened(simulator, 'invocation');

  assert.deepEqual(linesOf(simulator), ['{"kind":"voicemail"} 1']);
  assert.deepEqual(simulator.sqs.messages(queueArn), []);
});

test('no more invocations run at a time than the mapping allows', async (t) => {
  const code = `const gate = new BroadcastChannel('sqs-mapping-gate');
  export const handler = async () => {
    const opened = new Promise((resolve) => { gate.onmessage = resolve; });
    console.log('in'); await opened; console.log('out');
  };`;
  const mapping = { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } };
  const { simulator, queueArn } = await startWorker(t, { code, mapping, properties: { Timeout: 30 } });
  const gate = new BroadcastChannel('sqs-mapping-gate');
  const timers = new Set<NodeJS.Timeout>();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is no window
  const openSoon = () => timers.add(setTimeout(() => gate.postMessage('open'), 50));
  t.after(() => {
    for (const timer of timers) clearTimeout(timer);
    gate.close();
  });
  let running = 0;
  let most = 0;
  simulator.happenings.listen((happening) => {
    if (happening.kind !== 'log') return;
    running += happening.line === 'in' ? 1 : -1;
    most = Math.max(most, running);
    // None ends before two have begun; a third would begin in the meantime.
    if (happening.line === 'in' && most >= 2) openSoon();
  });

  for (let count = 0; count < 6; count += 1) simulator.sqs.send(queueArn, `message ${count}`);
  let done = 0;
  await happened(simulator, 'invocation', () => (done += 1) === 6);

  assert.equal(most, 2);
});

test('the event is the one Lambda sends', async (t) => {
  const code = `export const handler = async (event) => { console.log(JSON.stringify(event)); };`;
  const { simulator, queueArn } = await startWorker(t, { code });

  simulator.sqs.send(queueArn, 'hello', {
    attributes: { Mode: { DataType: 'String', StringValue: 'task' } },
  });
  await happened(simulator, 'invocation');

  const [record] = JSON.parse(linesOf(simulator)[0] ?? '').Records;
  assert.match(record.messageId, /^[0-9a-f-]{36}$/);
  assert.match(record.attributes.SentTimestamp, /^\d{13}$/);
  assert.ok(record.receiptHandle);
  assert.deepEqual(
    { ...record, messageId: '', receiptHandle: '', attributes: Object.keys(record.attributes) },
    {
      messageId: '',
      receiptHandle: '',
      body: 'hello',
      attributes: [
        'ApproximateReceiveCount',
        'SentTimestamp',
        'SenderId',
        'ApproximateFirstReceiveTimestamp',
      ],
      messageAttributes: {
        Mode: { stringValue: 'task', stringListValues: [], binaryListValues: [], dataType: 'String' },
      },
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: 'us-east-1',
    },
  );
});

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

async function startWorker(
  t: TestContext,
  {
    code = WORKER,
    mapping = {},
    properties = {},
  }: { code?: string } & Partial<Record<'mapping' | 'properties', Readonly<Record<string, unknown>>>> = {},
) {
  const stack: TestStack = {
    functions: { worker: { code, properties, may: [worksOn('Work')] } },
    resources: {
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: { RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetters'), maxReceiveCount: 3 } },
      },
      DeadLetters: { Type: 'AWS::SQS::Queue' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: arnOf('Work'), FunctionName: { Ref: 'worker' }, ...mapping },
      },
    },
  };
  const simulator = await startTestStack(t, stack);
  const arn = (logicalId: string) => simulator.deployment.attribute(logicalId, 'Arn');
  return { simulator, queueArn: arn('Work'), deadLettersArn: arn('DeadLetters') };
}

/** What the worker printed; the lines about its errors left out. */
function linesOf({ lambda }: Awaited<ReturnType<typeof startWorker>>['simulator']): readonly string[] {
  return lambda.logs('worker').filter((line) => !line.startsWith('{"errorType"'));
}
