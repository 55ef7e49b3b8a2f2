import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { GetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RetryableError } from '../domain/errors.ts';
import { awsCall } from './aws-call.ts';
import { SEND_EMAIL, timeLimits } from './time-limits.ts';

const GET = new GetItemCommand({ TableName: 'ledger', Key: { contactId: { S: 'c1' } } });

test('a call of DynamoDB that is not answered is made four times, and fails with a retryable error', async (t) => {
  const aws = await answering(t, () => {});
  const call = awsCall('dynamodb:GetItem', aws.client.send(GET));

  const failing = assert.rejects(call, (error) => {
    assert.ok(error instanceof RetryableError);
    assert.equal(error.message, 'dynamodb:GetItem got no usable answer (TimeoutError)');
    return true;
  });
  for (const number of [1, 2, 3, 4]) {
    await aws.asked(number);
    t.mock.timers.tick(4999);
    assert.equal(aws.count(), number);
    t.mock.timers.tick(1);
    await aws.tickUntil(number === 4 ? failing : aws.asked(number + 1));
  }

  assert.equal(aws.count(), 4);
});

test('a call whose first try is not answered returns the answer of the second', async (t) => {
  const aws = await answering(t, (response, number) => {
    if (number > 1) response.end('{}');
  });
  const call = aws.client.send(GET);

  await aws.asked(1);
  t.mock.timers.tick(5000);
  await aws.tickUntil(call);

  assert.equal((await call).Item, undefined);
});

test('a call with a limit of its own waits for that long', async (t) => {
  const aws = await answering(t, (response, number) => {
    if (number > 1) response.end('{}');
  });
  const call = aws.client.send(GET, SEND_EMAIL);

  await aws.asked(1);
  t.mock.timers.tick(29_999);
  assert.equal(aws.count(), 1);
  t.mock.timers.tick(1);
  await aws.tickUntil(call);

  assert.equal(aws.count(), 2);
});

test('an answer that stops half-way is given up after a pause on the connection, and the call is repeated', async (t) => {
  const { requestHandler } = timeLimits('dynamodb');
  const shortIdle = { requestHandler: { ...requestHandler, socketTimeout: 50 } };
  const aws = await answering(
    t,
    (response, number) => {
      response.writeHead(200, { 'content-length': 2 });
      if (number > 1) response.end('{}');
      else response.write('{');
    },
    shortIdle,
  );
  t.mock.timers.reset();

  const { Item } = await aws.client.send(GET);

  assert.equal(Item, undefined);
  assert.equal(aws.count(), 2);
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** DynamoDB on loopback, and a client as in the functions, with timers that the test moves. */
async function answering(
  t: TestContext,
  answer: (response: ServerResponse, number: number) => void,
  limits = timeLimits('dynamodb'),
) {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume();
    count += 1;
    answer(response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const client = new DynamoDBClient({
    ...limits,
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${address.port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  t.after(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  t.mock.timers.enable({ apis: ['setTimeout'] });

  const isAsked = (number: number) => count >= number;
  return {
    client,
    count: () => count,
    async asked(number: number): Promise<void> {
      while (!isAsked(number)) await turn();
    },
    /** Skips the pauses between tries, a tenth of a second at most each. */
    async tickUntil(done: Promise<unknown>): Promise<void> {
      const pending = Symbol('pending');
      const settled = done.then(
        () => 'done',
        () => 'failed',
      );
      while ((await Promise.race([settled, turn().then(() => pending)])) === pending) t.mock.timers.tick(1);
    },
  };
}
