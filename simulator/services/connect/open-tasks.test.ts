import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings } from '../../happenings.ts';
import { AwsError } from '../../service.ts';
import { createConnect } from './connect.ts';
import { MOST_OPEN_TASKS } from './quotas.ts';
import { laptopWorld } from './sample-world.ts';

const FLOW = '9a9a9a9a-0000-4000-8000-00000000f902';
const BILLING = 'queue/b1b1b1b1-0000-4000-8000-00000000b001';

test('with quotas an instance has 2,500 open tasks, and one more when one has ended', async () => {
  let nowMs = Date.UTC(2026, 2, 4);
  const clock = { ...createClock('fast'), now: () => nowMs };
  const world = laptopWorld();
  const connect = createConnect({
    clock,
    happenings: createHappenings(),
    kinesis: { put: () => undefined },
    kinesisVideo: { createStream: () => undefined, append: () => '1' },
    world,
    delays: { contactRecordMs: 0 },
    throttle: true,
  });
  const body = Buffer.from(
    JSON.stringify({
      InstanceId: world.instanceArn,
      ContactFlowId: FLOW,
      Name: 'Voicemail',
      Attributes: { vmx3_queue_arn: `${world.instanceArn}/${BILLING}` },
    }),
  );
  const start = async () => {
    nowMs += 1000;
    const request = {
      method: 'PUT',
      path: '/contact/task',
      query: new URLSearchParams(),
      headers: {},
      body,
      caller: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/any', isAllowed: () => true },
      port: 'main',
      requestId: 'any',
    } as const;
    await connect.service.find(request)?.answer(request);
  };
  for (let count = 1; count <= MOST_OPEN_TASKS; count += 1) await start();

  await assert.rejects(start(), (error: unknown) => {
    assert.ok(error instanceof AwsError);
    assert.deepEqual([error.code, error.status], ['ServiceQuotaExceededException', 402]);
    return true;
  });

  const ana = connect.agent('ana.ruiz');
  ana.become('Available');
  const [taken = ''] = ana.offered();
  await ana.accept(taken);
  ana.finish(taken);
  await start();
  assert.equal(connect.tasks().filter(({ endedAtMs }) => endedAtMs === undefined).length, MOST_OPEN_TASKS);
  clock.stop();
});
