import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import type { ApiRequest } from '../../service.ts';
import type { EventBridgeEvent } from './event.ts';
import { createEventBridge } from './eventbridge.ts';
import type { EventRule } from './rule.ts';

const NEW_RECORDING: EventBridgeEvent = {
  version: '0',
  id: 'f0f0f0f0-0000-4000-8000-0000000000f0',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '111122223333',
  time: '2026-03-04T14:01:58Z',
  region: 'us-east-1',
  resources: ['arn:aws:s3:::recordings'],
  detail: { bucket: { name: 'recordings' }, object: { key: '1.wav', size: 720_044 } },
};

test('an event reaches every target of every enabled rule that matches, in a later turn', async (t) => {
  const { bus, clock, rule } = startBus(t);
  const wav = rule({
    eventPattern: { source: ['aws.s3'], detail: { object: { key: [{ suffix: '.wav' }] } } },
  });
  const json = rule({ eventPattern: { detail: { object: { key: [{ suffix: '.json' }] } } } });
  const off = rule({ eventPattern: { source: ['aws.s3'] }, enabled: false });

  bus.put(NEW_RECORDING);
  assert.deepEqual(wav.events, []);
  await clock.sleep(1);

  assert.deepEqual(wav.events, [NEW_RECORDING]);
  assert.deepEqual([...json.events, ...off.events], []);
});

test('delivery takes the configured delay', (t) => {
  const { bus, clock, rule } = startBus(t, { delayMs: 500 });
  const { events } = rule({ eventPattern: { source: ['aws.s3'] } });

  bus.put(NEW_RECORDING);
  clock.advance(400);
  assert.equal(events.length, 0);
  clock.advance(101);

  assert.equal(events.length, 1);
});

test('a target that fails gets the event again after growing delays until it succeeds', async (t) => {
  const { bus, clock, rule } = startBus(t);
  const startMs = clock.now();
  const { events, seenAfterMs } = rule({ eventPattern: { source: ['aws.s3'] }, failures: 3, startMs });

  bus.put(NEW_RECORDING);
  await clock.sleep(60_000);

  assert.equal(events.length, 1);
  assert.deepEqual(
    seenAfterMs.map((ms) => Math.round(ms / 1000)),
    [0, 1, 3, 7],
  );
});

test('an event that no retry delivers within a day is dropped, and the timeline reports it', async (t) => {
  const { bus, clock, rule, told } = startBus(t);
  const startMs = clock.now();
  const { seenAfterMs } = rule({ eventPattern: { source: ['aws.s3'] }, failures: 1000, startMs });

  bus.put(NEW_RECORDING);
  await clock.sleep(48 * 3_600_000);

  const lastMs = seenAfterMs.at(-1) ?? 0;
  assert.ok(lastMs > 23 * 3_600_000 && lastMs <= 24 * 3_600_000, `last tried after ${lastMs} ms`);
  const [happening] = told;
  assert.ok(happening?.kind === 'log');
  assert.match(happening.line, /f0f0f0f0-\S+ was dropped after \d+ retries: Error: the queue is gone/);
});

test('a schedule ticks with the clock and sends what AWS sends', async (t) => {
  const { clock, rule } = startBus(t);
  const { name, events } = rule({ scheduleExpression: 'rate(1 minute)' });

  await clock.sleep(185_000);

  assert.equal(events.length, 3);
  const [tick] = events;
  assert.match(JSON.stringify(tick), /"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/);
  assert.deepEqual(
    { ...tick, id: '', time: '' },
    {
      version: '0',
      id: '',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '111122223333',
      time: '',
      region: 'us-east-1',
      resources: [`arn:aws:events:us-east-1:111122223333:rule/${name}`],
      detail: {},
    },
  );
});

test('a rule that AWS would refuse, or that is not simulated, is refused', (t) => {
  const { bus } = startBus(t);
  const add = (rest: Partial<EventRule>) => () =>
    bus.addRule({ name: 'rule', enabled: true, targets: [], ...rest });

  assert.throws(add({ scheduleExpression: 'cron(0 8 * * ? *)' }), /cron are not simulated: cron\(0 8/);
  for (const wrong of ['rate(1 minutes)', 'rate(5 minute)', 'rate(0 minutes)', 'rate(5 weeks)', 'at(x)']) {
    assert.throws(add({ scheduleExpression: wrong }), { code: 'ValidationException' }, wrong);
  }
  assert.throws(add({ eventPattern: { source: 'aws.s3' } }), { code: 'InvalidEventPatternException' });
  assert.throws(add({}), /neither an event pattern nor a schedule/);
  add({ scheduleExpression: 'rate(12 hours)' })();
  assert.throws(add({ scheduleExpression: 'rate(1 day)' }), /already a rule/);
});

test('PutEvents sends valid entries and reports each invalid one', async (t) => {
  const { clock, rule, call } = startBus(t);
  const { events } = rule({ eventPattern: { source: ['test'] } });
  const good = { Source: 'test', DetailType: 'Call', Detail: '{"a":1}', Resources: ['arn:x'], Time: 0 };

  const answer = await call({
    Entries: [
      good,
      { ...good, Detail: 'text' },
      { ...good, Source: 'aws.s3' },
      { ...good, DetailType: '' },
      { ...good, EventBusName: 'another' },
    ],
  });
  await clock.sleep(1);

  assert.deepEqual(
    answer.Entries.map(({ EventId, ErrorCode }) => ErrorCode ?? typeof EventId),
    ['string', 'MalformedDetail', 'NotAuthorizedForSourceException', 'InvalidArgument', 'string'],
  );
  assert.equal(answer.FailedEntryCount, 3);
  assert.equal(events.length, 1);
  assert.deepEqual(
    { ...events[0], id: '' },
    {
      version: '0',
      id: '',
      'detail-type': 'Call',
      source: 'test',
      account: '111122223333',
      time: '1970-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: ['arn:x'],
      detail: { a: 1 },
    },
  );
});

test('PutEvents refuses no entries, more than ten, and more than a mebibyte', async (t) => {
  const { call } = startBus(t);
  const entry = { Source: 'test', DetailType: 'Call', Detail: '{}' };
  const refused = { code: 'ValidationException' };

  await assert.rejects(call({ Entries: [] }), refused);
  await assert.rejects(call({ Entries: Array.from({ length: 11 }, () => entry) }), refused);
  await assert.rejects(
    call({ Entries: [{ ...entry, Detail: JSON.stringify('x'.repeat(1_048_576)) }] }),
    refused,
  );
});

test('a disabled rule sends no more events, and an unknown rule cannot be disabled', async (t) => {
  const { bus, clock, rule } = startBus(t);
  const { name, events } = rule({ scheduleExpression: 'rate(1 minute)' });
  await clock.sleep(90_000);

  bus.disableRule(name);
  await clock.sleep(600_000);

  assert.equal(events.length, 1);
  assert.throws(() => bus.disableRule('elsewhere'), { code: 'ResourceNotFoundException' });
});

interface PutEventsAnswer {
  FailedEntryCount: number;
  Entries: { EventId?: string; ErrorCode?: string }[];
}

/** A bus in fast time, with rules that record the events they get. */
function startBus(t: TestContext, { delayMs }: { delayMs?: number } = {}) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const told: Happening[] = [];
  happenings.listen((happening) => told.push(happening));
  const bus = createEventBridge({ clock, happenings, ...(delayMs !== undefined && { delayMs }) });
  let rules = 0;

  function rule({
    failures = 0,
    startMs = 0,
    ...rest
  }: Partial<EventRule> & { failures?: number; startMs?: number }) {
    const name = `rule-${(rules += 1)}`;
    const events: object[] = [];
    const seenAfterMs: number[] = [];
    const target = async (event: unknown) => {
      seenAfterMs.push(clock.now() - startMs);
      if (seenAfterMs.length <= failures) throw new Error('the queue is gone');
      assert.ok(typeof event === 'object' && event);
      events.push(event);
    };
    bus.addRule({ name, enabled: true, targets: [target], ...rest });
    return { name, events, seenAfterMs };
  }

  async function call(input: unknown): Promise<PutEventsAnswer> {
    const request: ApiRequest = {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
      body: Buffer.from(JSON.stringify(input)),
      caller: {
        accountId: '111122223333',
        arn: 'arn:aws:iam::111122223333:user/test',
        isAllowed: () => true,
      },
      port: 'main',
      requestId: 'request-1',
    };
    const operation = bus.service.find(request);
    assert.ok(operation);
    operation.needs(request);
    const { body } = await operation.answer(request);
    assert.ok(typeof body === 'string');
    return JSON.parse(body);
  }

  return { bus, clock, rule, call, told };
}
