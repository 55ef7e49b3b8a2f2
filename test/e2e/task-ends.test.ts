import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectClient, DescribeContactCommand, StopContactCommand } from '@aws-sdk/client-connect';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';

const DAY_MINUTES = 1440;
const { simulator, happenings, taskOf, tasksOf, settled, until } = await startLaptop();
const { connect, endpoint, credentials, clock } = simulator;
const client = new ConnectClient({ endpoint, credentials, region: 'us-east-1' });
const { instanceArn: InstanceId } = connect.world;

async function voicemailInTask(): Promise<string> {
  const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(2) });
  await taskOf(contactId);
  await settled(contactId);
  return contactId;
}

const stop = (ContactId: string) => client.send(new StopContactCommand({ InstanceId, ContactId }));
const outcomesOf = (contactId: string) =>
  happenings.flatMap((one) => {
    if (one.kind !== 'log' || !one.line.includes('"task ended"') || !one.line.includes(contactId)) return [];
    const [, outcome = ''] = /"outcome":"([^"]+)"/.exec(one.line) ?? [];
    return [outcome];
  });

test('a task that nobody took comes back once, with a note, and is reported if it ends so again', async () => {
  const contactId = await voicemailInTask();
  const first = await taskOf(contactId);

  await stop(first.contactId);
  const second = await until('the second task', () => tasksOf(contactId)[1]);

  assert.match(second.description, /^Nobody took the first task of this message, which ended on /);
  assert.match(second.description, /please call me back$/);
  await until('the return to be noted', () =>
    outcomesOf(contactId).includes('comes-back') ? true : undefined,
  );
  await stop(second.contactId);
  await until('the second end', () => (outcomesOf(contactId).includes('ended-unseen') ? true : undefined));
  await clock.sleep(3_600_000);
  assert.equal(tasksOf(contactId).length, 2);
  const { state, deliveredId } = await ledgerEntry(simulator, contactId);
  assert.deepEqual([state, deliveredId], ['delivered', second.contactId]);
});

test('a task lives a day less than its recording, and ends by itself', async () => {
  const contactId = await voicemailInTask();
  const { contactId: ContactId } = await taskOf(contactId);

  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId }));

  const expiry = Contact?.SegmentAttributes?.['connect:ContactExpiry']?.ValueMap?.['ExpiryDuration'];
  assert.equal(expiry?.ValueInteger, 29 * DAY_MINUTES);
});

test('a task that an agent finished is over', async () => {
  const contactId = await voicemailInTask();
  const ana = connect.agent('ana.ruiz');
  const { contactId: taskId } = await taskOf(contactId);
  ana.become('Available');
  while (!ana.inHand().includes(taskId)) {
    const [offered = ''] = ana.offered();
    await ana.accept(offered);
    if (offered !== taskId) ana.finish(offered);
  }

  ana.finish(taskId);

  await until('the end to be noted', () => (outcomesOf(contactId).includes('over') ? true : undefined));
  await clock.sleep(3_600_000);
  assert.equal(tasksOf(contactId).length, 1);
});
