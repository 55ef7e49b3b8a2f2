import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import type { QueueOptions } from './queue.ts';
import { createSqs } from './sqs.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:recordings';
const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:111122223333:dead-letters';
const REDRIVE = { redrive: { deadLetterArn: DEAD_LETTERS, maxReceiveCount: 2 } };
const DAY_SECONDS = 86_400;

test('a message in flight is not received again before its visibility timeout', (t) => {
  const { sqs, clock } = startSqs(t, { visibilityTimeoutSeconds: 60 });
  const { messageId } = sqs.send(QUEUE, 'hello');

  const [first] = sqs.receive(QUEUE, 10);
  assert.equal(first?.messageId, messageId);
  assert.deepEqual(sqs.depth(QUEUE), { visible: 0, inFlight: 1 });
  clock.advance(59_000);
  assert.deepEqual(sqs.receive(QUEUE, 10), []);
  clock.advance(1_001);
  const [second] = sqs.receive(QUEUE, 10);

  assert.equal(second?.messageId, messageId);
  assert.equal(second?.attributes.ApproximateReceiveCount, '2');
  assert.equal(
    second?.attributes.ApproximateFirstReceiveTimestamp,
    first?.attributes.ApproximateFirstReceiveTimestamp,
  );
  assert.notEqual(second?.receiptHandle, first?.receiptHandle);
});

test('a removed message never comes back', (t) => {
  const { sqs, clock } = startSqs(t);
  sqs.send(QUEUE, 'hello');
  const [message] = sqs.receive(QUEUE, 1);
  assert.ok(message);

  sqs.remove(QUEUE, message.receiptHandle);
  sqs.remove(QUEUE, message.receiptHandle);
  clock.advance(DAY_SECONDS * 1000);

  assert.deepEqual(sqs.receive(QUEUE, 1), []);
  assert.deepEqual(sqs.messages(QUEUE), []);
});

test('the handle of an earlier receive no longer removes or hides a message', (t) => {
  const { sqs, clock } = startSqs(t);
  sqs.send(QUEUE, 'hello');
  const [early] = sqs.receive(QUEUE, 1);
  assert.ok(early);
  clock.advance(31_000);
  assert.throws(() => sqs.changeVisibility(QUEUE, early.receiptHandle, 60), {
    code: 'InvalidParameterValue',
    message: /Message does not exist or is not available for visibility timeout change\.$/,
  });
  sqs.receive(QUEUE, 1);

  sqs.remove(QUEUE, early.receiptHandle);

  assert.equal(sqs.messages(QUEUE).length, 1);
  assert.throws(() => sqs.changeVisibility(QUEUE, early.receiptHandle, 60), {
    code: 'InvalidParameterValue',
  });
});

test('the visibility timeout can be extended up to twelve hours, and ended at once', (t) => {
  const { sqs, clock } = startSqs(t);
  sqs.send(QUEUE, 'hello');
  const [message] = sqs.receive(QUEUE, 1);
  assert.ok(message);

  sqs.changeVisibility(QUEUE, message.receiptHandle, 3600);
  clock.advance(3_599_000);
  assert.deepEqual(sqs.receive(QUEUE, 1), []);
  assert.throws(() => sqs.changeVisibility(QUEUE, message.receiptHandle, 43_200), {
    code: 'InvalidParameterValue',
    message: /beyond the limit \[43200 seconds\]/,
  });
  sqs.changeVisibility(QUEUE, message.receiptHandle, 0);

  assert.equal(sqs.receive(QUEUE, 1).length, 1);
});

test('a delayed message becomes visible after its delay', (t) => {
  const { sqs, clock } = startSqs(t, { delaySeconds: 10 });
  sqs.send(QUEUE, 'by default');
  sqs.send(QUEUE, 'later', { delaySeconds: 60 });
  sqs.send(QUEUE, 'now', { delaySeconds: 0 });

  const bodies = () => sqs.receive(QUEUE, 10).map(({ body }) => body);

  assert.deepEqual(bodies(), ['now']);
  assert.deepEqual(sqs.depth(QUEUE), { visible: 0, inFlight: 1 });
  clock.advance(10_001);
  assert.deepEqual(bodies(), ['by default']);
  clock.advance(50_000);
  assert.ok(bodies().includes('later'));
});

test('a message that was received too often goes to the dead-letter queue, with its id, age and count', (t) => {
  const { sqs, clock, told } = startSqs(t, REDRIVE);
  const { messageId } = sqs.send(QUEUE, 'poison');
  const [first] = sqs.receive(QUEUE, 1);
  clock.advance(31_000);
  assert.equal(sqs.receive(QUEUE, 1).length, 1);
  clock.advance(31_000);
  assert.equal(told.length, 0);

  assert.deepEqual(sqs.receive(QUEUE, 1), []);

  assert.deepEqual(sqs.messages(QUEUE), []);
  assert.deepEqual(sqs.depth(DEAD_LETTERS), { visible: 1, inFlight: 0 });
  const [dead] = sqs.receive(DEAD_LETTERS, 1);
  assert.ok(first && dead);
  assert.equal(dead.messageId, messageId);
  assert.deepEqual(dead.attributes, {
    ...first.attributes,
    ApproximateReceiveCount: '3',
    DeadLetterQueueSourceArn: QUEUE,
  });
  assert.deepEqual(
    told.map((happening) => ({ ...happening, atMs: 0 })),
    [{ kind: 'dead-letter', atMs: 0, queueArn: DEAD_LETTERS, messageId, about: [] }],
  );
});

test('a poison message does not block those after it', (t) => {
  const { sqs, clock } = startSqs(t, REDRIVE);
  sqs.send(QUEUE, 'poison');
  for (const _ of [1, 2]) {
    sqs.receive(QUEUE, 1);
    clock.advance(31_000);
  }
  sqs.send(QUEUE, 'healthy');

  const [next] = sqs.receive(QUEUE, 1);

  assert.equal(next?.body, 'healthy');
});

test('expired messages vanish, in flight or not, and dead letters keep their first age', (t) => {
  const { sqs, clock } = startSqs(t, { ...REDRIVE, messageRetentionSeconds: 14 * DAY_SECONDS });
  sqs.send(QUEUE, 'poison');
  for (const _ of [1, 2, 3]) {
    sqs.receive(QUEUE, 1);
    clock.advance(DAY_SECONDS * 1000);
  }
  assert.deepEqual(sqs.depth(DEAD_LETTERS), { visible: 1, inFlight: 0 });
  sqs.receive(DEAD_LETTERS, 1, 43_200);
  assert.deepEqual(sqs.depth(DEAD_LETTERS), { visible: 0, inFlight: 1 });

  clock.advance(DAY_SECONDS * 1000);

  assert.deepEqual(sqs.messages(DEAD_LETTERS), []);
});

test('the age of the oldest message counts from its arrival in the queue', (t) => {
  const { sqs, clock } = startSqs(t);
  assert.equal(sqs.oldestAgeMs(QUEUE), 0);
  sqs.send(QUEUE, 'old');
  clock.advance(60_000);
  sqs.send(QUEUE, 'young');
  clock.advance(60_000);

  assert.equal(Math.floor(sqs.oldestAgeMs(QUEUE) / 1000), 120);
});

test('a listener is called for messages sent, delayed, visible again and redriven, in fast time', async (t) => {
  const { sqs, clock } = startSqs(t, { ...REDRIVE, visibilityTimeoutSeconds: 3600 });
  const seen: string[] = [];
  const startMs = clock.now();
  const note = (what: string) =>
    seen.push(`${what} after ${Math.round((clock.now() - startMs) / 60_000)} min`);
  sqs.send(QUEUE, 'poison', { delaySeconds: 600 });

  const gone = new Promise<void>((resolve) => {
    sqs.onVisible(QUEUE, () => {
      for (const { body } of sqs.receive(QUEUE, 10)) note(body);
    });
    sqs.onVisible(DEAD_LETTERS, () => {
      for (const { body, receiptHandle } of sqs.receive(DEAD_LETTERS, 10)) {
        note(`dead ${body}`);
        sqs.remove(DEAD_LETTERS, receiptHandle);
        resolve();
      }
    });
  });
  await gone;

  assert.deepEqual(seen, ['poison after 10 min', 'poison after 70 min', 'dead poison after 130 min']);
});

test('a listener is called once at the start for existing messages, and not after it stops', (t) => {
  const { sqs, clock } = startSqs(t);
  let told = 0;
  sqs.send(QUEUE, 'hello');
  sqs.send(QUEUE, 'again');

  const stop = sqs.onVisible(QUEUE, () => (told += 1));
  assert.equal(told, 0);
  clock.advance(1);
  assert.equal(told, 1);
  stop();
  sqs.send(QUEUE, 'unheard');
  clock.advance(1);

  assert.equal(told, 1);
});

test('fast time does not jump for a message that was deleted in time', async (t) => {
  const { sqs, clock } = startSqs(t, { visibilityTimeoutSeconds: 3600 });
  const startMs = clock.now();
  await new Promise<void>((resolve) => {
    sqs.onVisible(QUEUE, () => {
      for (const { receiptHandle } of sqs.receive(QUEUE, 10)) sqs.remove(QUEUE, receiptHandle);
      resolve();
    });
    sqs.send(QUEUE, 'hello');
  });

  await clock.sleep(1000);

  assert.ok(clock.now() - startMs < 60_000);
});

test('a body that is empty, too long or not text is refused', (t) => {
  const { sqs } = startSqs(t);

  assert.throws(() => sqs.send(QUEUE, ''), { code: 'MissingParameter' });
  assert.throws(() => sqs.send(QUEUE, 'bell \u0007'), { code: 'InvalidMessageContents' });
  assert.throws(() => sqs.send(QUEUE, 'x'.repeat(1_048_577)), {
    code: 'InvalidParameterValue',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  });
  const attributes = { a: { DataType: 'String', StringValue: 'b' } };
  assert.throws(() => sqs.send(QUEUE, 'x'.repeat(1_048_569), { attributes }), {
    code: 'InvalidParameterValue',
  });
  sqs.send(QUEUE, 'x'.repeat(1_048_576 - 'aStringb'.length), { attributes });
});

test('the errors for an unknown queue and an unknown handle name them', (t) => {
  const { sqs } = startSqs(t);

  assert.throws(() => sqs.send(`${QUEUE}-2`, 'x'), { code: 'QueueDoesNotExist' });
  assert.throws(() => sqs.remove(QUEUE, 'nonsense'), { code: 'ReceiptHandleIsInvalid' });
  assert.throws(() => sqs.createQueue({ name: 'recordings', arn: QUEUE }), /already a queue/);
  assert.throws(() => sqs.createQueue({ name: 'a.fifo', arn: `${QUEUE}.fifo` }), /FIFO/);
});

function startSqs(t: TestContext, options: Partial<QueueOptions> = {}) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const told: Happening[] = [];
  happenings.listen((happening) => told.push(happening));
  const sqs = createSqs({ clock, happenings, baseUrl: () => 'http://127.0.0.1:4566' });
  sqs.createQueue({ name: 'recordings', arn: QUEUE, ...options });
  sqs.createQueue({ name: 'dead-letters', arn: DEAD_LETTERS });
  return { sqs, clock, told };
}
