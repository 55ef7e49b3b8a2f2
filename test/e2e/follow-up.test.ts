import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectClient, TransferContactCommand } from '@aws-sdk/client-connect';
import { assignCommand } from '../../cli/inbox/assign.ts';
import { handleCommand } from '../../cli/inbox/handle.ts';
import { reopenCommand } from '../../cli/inbox/reopen.ts';
import { reportCommand } from '../../cli/inbox/report.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { listCommand } from '../../cli/voicemails/list.ts';
import { showCommand } from '../../cli/voicemails/show.ts';
import { followUpOf } from '../../src/domain/follow-up.ts';
import { readableMembers } from '../../src/domain/ledger-entry.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';

const { simulator, tasksOf, taskOf, settled, until } = await startLaptop();
const { connect, endpoint, credentials, clock } = simulator;
const client = new ConnectClient({ endpoint, credentials, region: 'us-east-1' });
const { instanceArn: InstanceId } = connect.world;
process.env['AWS_ENDPOINT_URL'] = endpoint;
process.env['AWS_ACCESS_KEY_ID'] = credentials.accessKeyId;
process.env['AWS_SECRET_ACCESS_KEY'] = credentials.secretAccessKey;

const COMMANDS = [listCommand, showCommand, handleCommand, reopenCommand, assignCommand, reportCommand].map(
  (command) => command(async () => {}),
);

async function vmx(...args: readonly string[]) {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const code = await runVmx(COMMANDS, args, { out: say, err: say });
  return { code, said: lines.join('\n') };
}

async function voicemail({ from = CALLER, queueArn = BILLING_ARN } = {}): Promise<string> {
  const { contactId } = connect.placeCall({ from, queueArn, audio: spokenNoise(1.5) });
  await taskOf(contactId);
  await settled(contactId);
  return contactId;
}

async function stageOf(contactId: string) {
  const { read } = readableMembers(await ledgerEntry(simulator, contactId));
  return followUpOf(read.followUps);
}

/** Waits until the ledger says so. */
async function reaches(contactId: string, stage: string) {
  for (let looks = 0; looks < 200; looks += 1) {
    const followUp = await stageOf(contactId);
    if (followUp.stage === stage) return followUp;
    await clock.sleep(500);
  }
  return assert.fail(`${contactId} did not become ${stage}`);
}

/** The agent takes this task and leaves every other one alone. */
async function accept(username: string, taskId: string) {
  const agent = connect.agent(username);
  agent.become('Available');
  await until('the offer', () => agent.offered().includes(taskId));
  await agent.accept(taskId);
  return agent;
}

test('an agent who accepts the task has taken the voicemail, and has handled it when the task ends', async () => {
  const contactId = await voicemail();
  assert.equal((await stageOf(contactId)).stage, 'unheard');
  const { contactId: taskId } = await taskOf(contactId);

  const ana = await accept('ana.ruiz', taskId);
  const { taken } = await reaches(contactId, 'taken');
  const listed = await vmx('list', '--agent', 'ana.ruiz');
  ana.finish(taskId);
  const { handled } = await reaches(contactId, 'handled');

  assert.match(taken?.by ?? '', /\/agent\//);
  assert.match(listed.said, new RegExp(`${contactId} +taken .* Billing +as task; taken by ana\\.ruiz at `));
  assert.deepEqual([handled?.outcome, handled?.by], ['unsaid', taken?.by]);
  ana.become('Offline');
});

test('a task that is transferred is nobody’s until another agent accepts it', async () => {
  const contactId = await voicemail();
  const { contactId: ContactId } = await taskOf(contactId);
  const ana = await accept('ana.ruiz', ContactId);
  await reaches(contactId, 'taken');
  ana.become('Offline');
  const QueueId = BILLING_ARN.slice(BILLING_ARN.lastIndexOf('/') + 1);
  const ContactFlowId = (simulator.deployment.outputs['TaskFlow'] ?? '').replace(/^.*\//, '');

  await client.send(new TransferContactCommand({ InstanceId, ContactId, QueueId, ContactFlowId }));

  const { taken } = await reaches(contactId, 'unheard');
  assert.equal(taken, undefined);
});

test('what was played behind the link is heard; opening the link is not', async () => {
  const contactId = await voicemail();
  const { references } = await taskOf(contactId);
  const link = references['Recording']?.value ?? '';

  assert.equal((await fetch(link, { redirect: 'manual' })).status, 302);
  await clock.sleep(60_000);
  assert.equal((await stageOf(contactId)).stage, 'unheard');
  assert.equal((await fetch(`${link}/heard`, { method: 'POST' })).status, 204);

  const { heard } = await reaches(contactId, 'heard');
  assert.equal(heard?.first.at, 'link');
  assert.match((await vmx('list', '--waiting')).said, new RegExp(`${contactId} +heard `));
  assert.doesNotMatch((await vmx('list', '--unheard')).said, new RegExp(contactId));
});

test('a voicemail that an operator handles has no task any more, and comes back only if it is reopened', async () => {
  const contactId = await voicemail();
  const task = await taskOf(contactId);

  const done = await vmx('handle', contactId, '--outcome', 'called-back', '--note', 'Talked to them.');
  assert.deepEqual(done, { code: 0, said: `${contactId}: handled: called-back; its task was ended` });
  await until('the task to end', () => (tasksOf(contactId)[0]?.endedAtMs === undefined ? undefined : true));
  await clock.sleep(3_600_000);
  assert.equal(tasksOf(contactId).length, 1);
  assert.doesNotMatch((await vmx('list')).said, new RegExp(contactId));
  assert.match(
    (await vmx('list', '--from', CALLER)).said,
    new RegExp(`${contactId} +handled .*called-back by `),
  );
  const shown = await vmx('show', contactId);
  assert.match(shown.said, /handled by \S+ \(command\): called-back "Talked to them\."/);

  assert.equal((await vmx('reopen', contactId)).said, `${contactId}: waits again, and is delivered again`);
  const again = await until('the second task', () => tasksOf(contactId)[1]);
  assert.match(again.description, /^This message was opened again/);
  assert.notEqual(again.contactId, task.contactId);
  assert.equal((await reaches(contactId, 'unheard')).handled, undefined);
});

test('an assigned voicemail goes to the other recipient, and its first task to nobody', async () => {
  const contactId = await voicemail();
  const first = await taskOf(contactId);

  const done = await vmx('assign', contactId, '--agent', 'ben.okafor');

  assert.deepEqual(done, { code: 0, said: `${contactId}: assigned to ben.okafor` });
  const second = await until('the second task', () => tasksOf(contactId)[1]);
  assert.match(second.queueArn, /\/queue\/agent\//);
  assert.match(second.description, /^This message was assigned to you/);
  await until('the first task to end', () =>
    tasksOf(contactId).find((one) => one.contactId === first.contactId)?.endedAtMs === undefined
      ? undefined
      : true,
  );
  await clock.sleep(3_600_000);
  assert.equal(tasksOf(contactId).length, 2);
  assert.match((await vmx('list', '--queue', 'ben.okafor')).said, new RegExp(contactId));
});

test('what is taken is not taken away without a word, and what is unknown or wrong is refused', async () => {
  const contactId = await voicemail();
  const { contactId: taskId } = await taskOf(contactId);
  const ana = await accept('ana.ruiz', taskId);
  await reaches(contactId, 'taken');

  const refused = await vmx('assign', contactId, '--queue', 'Billing');
  const unknown = await vmx('handle', '00000000-0000-4000-8000-00000000dead', '--outcome', 'other');
  const nobody = await vmx('assign', contactId, '--agent', 'nobody', '--force');
  const wrong = await vmx('handle', contactId, '--outcome', 'sold');
  ana.finish(taskId);

  assert.match(`${refused.code} ${refused.said}`, /^1 .*an agent has it.*--force takes it away/);
  assert.match(`${unknown.code} ${unknown.said}`, /^1 .*nothing is known of/);
  assert.match(`${nobody.code} ${nobody.said}`, /^1 .*the instance has no agent "nobody"\. It has: /);
  assert.match(`${wrong.code} ${wrong.said}`, /^2 .*--outcome sold: there are called-back, no-answer/);
});

test('a report counts what waits and what was handled, in every form', async () => {
  const byQueue = await vmx('report', '--since', '30d');
  const csv = await vmx('report', '--by', 'day', '--format', 'csv');
  const json = await vmx('report', '--by', 'agent', '--json');

  assert.match(byQueue.said, /^QUEUE +DELIVERED +UNHEARD +WAITING[^]*\nBilling +\d+ [^]*\nall +\d+ /);
  assert.match(
    csv.said,
    /^day,delivered,unheard,waiting,handled,seconds_to_heard_p50[^]*\n\d{4}-\d\d-\d\d,\d+,/,
  );
  const { groups, all } = JSON.parse(json.said);
  assert.ok(groups.some(({ group }: { group: string }) => group === 'ana.ruiz'));
  assert.ok(all.handled >= 2 && all.waiting >= 2 && all.outcomes['called-back'] === undefined);
});

test('an outcome that is said again counts, although the task has ended', async () => {
  const contactId = await voicemail();
  await vmx('handle', contactId, '--outcome', 'other');

  const { said } = await vmx('handle', contactId, '--outcome', 'no-answer');

  assert.equal(said, `${contactId}: handled: no-answer`);
  assert.equal((await stageOf(contactId)).handled?.outcome, 'no-answer');
});
