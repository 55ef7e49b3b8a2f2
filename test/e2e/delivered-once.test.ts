import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

const { simulator, happenings, settled, tasksOf, until } = await startLaptop();
const { connect, clock, deployment, faults, kinesis, ses } = simulator;
const { contactRecordStreamArn: stream } = connect.world;

const DELIVERY = deployment.idOf('AWS::Lambda::Function', 'deliver-voicemail');
const MINUTE_MS = 60_000;

test('records, events and messages that all come twice make one task and one mail', async () => {
  faults.set({ repeated: 1 });

  const byTask = leaveMessage();
  const byMail = leaveMessage('email');
  await settled(byTask);
  await settled(byMail);
  // Late deliveries come within a minute, and a message that finds the lease taken comes back.
  await clock.sleep(10 * MINUTE_MS);
  const { repeated = 0 } = faults.injected();
  faults.clear();

  assert.ok(repeated > 10, `${repeated} came twice`);
  assert.deepEqual(deliveriesOf(byTask), { tasks: 1, mails: 0 });
  assert.deepEqual(deliveriesOf(byMail), { tasks: 0, mails: 1 });
});

test('a contact record that comes again an hour after delivery, and the one that our own flag reset causes, do nothing', async () => {
  const contactId = leaveMessage();
  await settled(contactId);
  const records = await until('the record after the flag reset', () => {
    const found = recordsOf(contactId);
    return found.length > 1 ? found : undefined;
  });
  await clock.sleep(60 * MINUTE_MS);

  for (const record of records) kinesis.put(stream, record, contactId);
  await until('the record to be seen again', () =>
    happenings.some(
      (one) => one.kind === 'log' && one.line.includes(contactId) && one.line.includes('"outcome":"known"'),
    ),
  );
  await clock.sleep(MINUTE_MS);

  assert.deepEqual(deliveriesOf(contactId), { tasks: 1, mails: 0 });
});

/** The points at which `deliver-voicemail` crashes; it then still has its lease. */
const STOPS: Readonly<Record<string, FaultRule>> = {
  'crashes before it has made the task': { operation: 'StartTaskContact', fault: 'crash-before' },
  'crashes when it has made the task and noted nothing': {
    operation: 'StartTaskContact',
    fault: 'crash-after',
  },
  'crashes before the flag is reset': { operation: 'UpdateContactAttributes', fault: 'crash-before' },
};

for (const [what, rule] of Object.entries(STOPS)) {
  test(`a delivery that ${what} is made by the next try, once`, async () => {
    faults.set({ rules: [{ ...rule, caller: DELIVERY, nth: 1 }] });
    const failedBefore = failedDeliveries();

    const contactId = leaveMessage();
    await settled(contactId);

    const { state, deliveredId } = await ledgerEntry(simulator, contactId);
    assert.equal(failedDeliveries() - failedBefore, 1);
    assert.deepEqual(deliveriesOf(contactId), { tasks: 1, mails: 0 });
    assert.deepEqual([state, deliveredId], ['delivered', tasksOf(contactId)[0]?.contactId]);
  });
}

test('a task that takes two minutes to be made is requested again after seconds, and is one task', async () => {
  const rule = { operation: 'StartTaskContact', nth: 1, fault: { slowMs: 2 * MINUTE_MS } };
  faults.set({ rules: [rule] });
  const failedBefore = failedDeliveries();

  const contactId = leaveMessage();
  await settled(contactId);
  await clock.sleep(3 * MINUTE_MS);

  assert.equal(failedDeliveries() - failedBefore, 0);
  assert.deepEqual(deliveriesOf(contactId), { tasks: 1, mails: 0 });
});

test('while a crashed delivery has the lease, no other delivers; after it has expired, the next one does', async () => {
  faults.set({ repeated: 1, rules: [{ operation: 'StartTaskContact', nth: 1, fault: 'crash-before' }] });
  const leavesAtMs = clock.now();

  const contactId = leaveMessage();
  await settled(contactId);
  faults.clear();

  const waited = happenings.some(
    (one) => one.kind === 'log' && one.line.includes(contactId) && one.line.includes('NOT_READY'),
  );
  assert.ok(waited, 'nobody met the lease');
  assert.deepEqual(deliveriesOf(contactId), { tasks: 1, mails: 0 });
  assert.ok((tasksOf(contactId)[0]?.createdAtMs ?? 0) - leavesAtMs > LEASE_MS);
});

const LEASE_MS = 90_000;

test('a task whose answers are lost is still one task', async () => {
  // More often than the SDK retries, so that the function fails.
  const rules = [1, 2, 3, 4, 5].map(
    (nth) => ({ operation: 'StartTaskContact', nth, fault: 'cut-after' }) as const,
  );
  faults.set({ rules });

  const contactId = leaveMessage();
  await settled(contactId);

  assert.deepEqual(faults.injected(), { 'cut-after': rules.length });
  assert.deepEqual(deliveriesOf(contactId), { tasks: 1, mails: 0 });
});

function leaveMessage(mode = 'task'): string {
  const attributes = { vmx3_mode: mode, email_to: 'billing@example.com' };
  return connect.placeCall({ from: CALLER, audio: spokenNoise(1), attributes }).contactId;
}

function deliveriesOf(contactId: string) {
  const mails = ses.mails().filter(({ headers }) => headers['X-Contact-Id'] === contactId);
  return { tasks: tasksOf(contactId).length, mails: mails.length };
}

function recordsOf(contactId: string): readonly string[] {
  return kinesis
    .shards(stream)
    .flatMap((shard) => kinesis.read(stream, shard, undefined, 10_000))
    .map(({ data }) => Buffer.from(data).toString())
    .filter((record) => record.includes(`"ContactId":"${contactId}"`));
}

function failedDeliveries(): number {
  return happenings.filter(
    (one) => one.kind === 'invocation' && one.functionId === DELIVERY && one.error !== undefined,
  ).length;
}
