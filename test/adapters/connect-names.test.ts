import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import { ALWAYS_OPEN } from '../../simulator/services/connect/routing/hours.ts';
import { connectNames } from '../../src/adapters/connect-names.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { acme, ANA, BILLING, INSTANCE_ARN, NOBODY } from '../conformance/connect-setup.ts';

const BERLIN = { ...ALWAYS_OPEN, id: '40404040-0000-4000-8000-000000000002', timeZone: 'Europe/Berlin' };
const NOWHERE = { ...ALWAYS_OPEN, id: '40404040-0000-4000-8000-000000000003', timeZone: 'Mars/Olympus' };
const SUPPORT = 'b1b1b1b1-0000-4000-8000-00000000b002';
const LOST = 'b1b1b1b1-0000-4000-8000-00000000b003';

test('a queue has its name and the time zone of its hours, and both are asked for once', async (t) => {
  const { names, asked } = await namesOf(t);

  assert.deepEqual(await names.findQueue(SUPPORT, 'c1'), { name: 'Support', timeZone: 'Europe/Berlin' });
  assert.deepEqual(await names.findQueue(SUPPORT, 'c1'), { name: 'Support', timeZone: 'Europe/Berlin' });

  assert.deepEqual(asked, ['DescribeQueue', 'DescribeHoursOfOperation']);
});

test('an agent has the names there are, by id and by user name, and is asked for once', async (t) => {
  const { names, asked } = await namesOf(t);
  const ana = { userId: ANA, name: 'Ana Ruiz' };
  const chloe = { userId: 'd4d4d4d4-0000-4000-8000-00000000d003', name: 'chloe@example.com' };

  for (const _ of [1, 2]) {
    assert.partialDeepStrictEqual(await names.findAgent(ANA), ana);
    const agent = { kind: 'agent', userId: ANA } as const;
    assert.deepEqual(await names.addressesOf(agent), ['ana.ruiz@example.com', undefined, 'ana.ruiz']);
    assert.deepEqual(await names.findAgentNamed('ana.ruiz'), ana);
    assert.deepEqual(await names.findAgentNamed('chloe@example.com'), chloe);
  }

  assert.deepEqual(asked, ['DescribeUser', 'SearchUsers', 'SearchUsers']);
});

test('a missing queue or agent is undefined, and is not looked up with every call', async (t) => {
  const { names, asked } = await namesOf(t);

  for (const _ of [1, 2]) {
    assert.equal(await names.findQueue(NOBODY, 'c1'), undefined);
    assert.equal(await names.findAgent(NOBODY), undefined);
    assert.equal(await names.findAgentNamed('ana.ruz'), undefined);
  }

  assert.deepEqual(asked, ['DescribeQueue', 'DescribeUser', 'SearchUsers']);
});

test('a time zone that is denied or invalid is left out, and the log names the contact', async (t) => {
  const denied = await namesOf(t, [{ Effect: 'Allow', Action: 'connect:DescribeQueue', Resource: '*' }]);
  const odd = await namesOf(t);

  for (const contactId of ['c1', 'c2']) {
    const billing = await denied.names.findQueue(BILLING, contactId);
    assert.deepEqual(billing, { name: 'Billing', timeZone: undefined });
  }
  assert.deepEqual(await odd.names.findQueue(LOST, 'c1'), { name: 'Lost', timeZone: undefined });

  assert.deepEqual(denied.setbacks, ['the time zone of a queue could not be read: c1']);
  assert.deepEqual(odd.setbacks, ['the time zone of a queue is not one that this function knows: c1']);
});

test('a name that is denied is a permanent failure', async (t) => {
  const { names } = await namesOf(t, [
    { Effect: 'Allow', Action: 'connect:StartTaskContact', Resource: '*' },
  ]);

  await assert.rejects(names.findQueue(BILLING, 'c1'), PermanentError);
  await assert.rejects(names.findAgent(ANA), PermanentError);
  await assert.rejects(names.findAgentNamed('ana.ruiz'), PermanentError);
});

async function namesOf(t: TestContext, statements?: readonly PolicyStatement[]) {
  const [billing, support] = laptopWorld().queues;
  assert.ok(billing && support);
  const world = laptopWorld({
    hoursOfOperation: [BERLIN, NOWHERE],
    queues: [
      billing,
      { ...support, hoursOfOperationId: BERLIN.id },
      { id: LOST, name: 'Lost', hoursOfOperationId: NOWHERE.id },
    ],
  });
  const { client, clientFor, happenings } = await acme(t, { world });
  const asked: string[] = [];
  const setbacks: string[] = [];
  happenings.listen((one) => {
    if (one.kind === 'api-call') asked.push(one.operation);
  });
  const names = connectNames(statements ? clientFor(statements) : client, {
    instanceArn: INSTANCE_ARN,
    now: () => 0,
    setback: (what, { contactId }) => void setbacks.push(`${what}: ${contactId}`),
  });
  return { names, asked, setbacks };
}
