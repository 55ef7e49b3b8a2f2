import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { listCommand } from '../../cli/voicemails/list.ts';
import { redriveCommand } from '../../cli/voicemails/redrive.ts';
import { showCommand } from '../../cli/voicemails/show.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { AwsError } from '../../simulator/service.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

const MESSAGE = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(1.5) };

/** While true, Amazon Connect takes no tasks. */
let isRefused = false;

const { simulator, happenings, until, tasksOf, taskOf, settled } = await startLaptop({
  interfere: ({ operation }) =>
    isRefused && operation === 'StartTaskContact'
      ? new AwsError('AccessDeniedException', 403, 'not today')
      : undefined,
});
process.env['AWS_ENDPOINT_URL'] = simulator.endpoint;
process.env['AWS_ACCESS_KEY_ID'] = simulator.credentials.accessKeyId;
process.env['AWS_SECRET_ACCESS_KEY'] = simulator.credentials.secretAccessKey;

const COMMANDS = [listCommand, showCommand, redriveCommand].map((command) => command(async () => {}));
const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
const LEDGER = simulator.deployment.outputs['LedgerTable'] ?? '';

async function vmx(...args: readonly string[]) {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const code = await runVmx(COMMANDS, args, { out: say, err: say });
  return { code, said: lines.join('\n') };
}

/** A call whose voicemail no flow takes, until it is in the dead-letter queue. */
async function undeliverable() {
  isRefused = true;
  const { contactId } = simulator.connect.placeCall(MESSAGE);
  await until('the dead letter', () => logged('message parked', contactId));
  isRefused = false;
  return contactId;
}

function logged(message: string, contactId: string) {
  return happenings.find(
    (one) => one.kind === 'log' && one.line.includes(message) && one.line.includes(contactId),
  );
}

/** The state after a day of pushes: the next push is the last. */
async function parked() {
  const contactId = await undeliverable();
  const update = {
    TableName: LEDGER,
    Key: { contactId },
    UpdateExpression: 'SET attempts = :many',
    ExpressionAttributeValues: { ':many': 25 },
  };
  await dynamodb.send(new UpdateCommand(update));
  await simulator.clock.sleep(1_800_000);
  await until('it to be given up', () => logged('overdue voicemail parked', contactId));
  return contactId;
}

test('dead letters are counted, and moved back when that is confirmed', async () => {
  const contactId = await undeliverable();

  const listed = await vmx('list', '--json');
  const said = await vmx('redrive', '--queue', 'delivery-queue');
  assert.deepEqual(tasksOf(contactId), []);
  const done = await vmx('redrive', '--queue', 'delivery-queue', '--yes');
  await taskOf(contactId);
  await settled(contactId);

  assert.match(listed.said, /"delivery-queue": 1/);
  assert.match(said.said, /moves 1 dead letters back[^]*Nothing has been done yet: --yes does it\./);
  assert.deepEqual(done, { code: 0, said: 'delivery-queue: moves 1 dead letters back into it\nDone.' });
  assert.equal(tasksOf(contactId).length, 1);
  assert.match(
    (await vmx('redrive', '--queue', 'delivery-queue')).said,
    /nothing to do, it has no dead letters/,
  );
});

test('a voicemail that was given up is listed with the reason, shown, and delivered once by a redrive', async () => {
  const contactId = await parked();

  const { said: list } = await vmx('list', '--state', 'parked');
  const { said: shown } = await vmx('show', contactId);
  const { said: plan } = await vmx('redrive', contactId);
  assert.match(list, new RegExp(`${contactId} +parked .*it could not be delivered for nearly a day`));
  assert.match(shown, /received\n[^]*transcribing\n[^]*delivering\n[^]*parked\n/);
  assert.match(shown, new RegExp(`OVERDUE_DELIVERING[^]*Fix the cause, then: vmx redrive ${contactId}`));
  assert.match(plan, /delivers it \(a message to the delivery-queue\)\nNothing has been done yet/);
  assert.deepEqual(tasksOf(contactId), []);

  const done = await vmx('redrive', '--parked', '--yes');
  await settled(contactId);
  const again = await vmx('redrive', contactId, '--yes');
  await vmx('redrive', '--queue', 'delivery-queue', '--yes');
  await simulator.clock.sleep(3_600_000);

  assert.match(done.said, new RegExp(`${contactId}: delivers it .*\nDone\\.`));
  assert.match(again.said, /nothing to do, it was delivered as task for Billing/);
  assert.equal(tasksOf(contactId).length, 1);
  assert.match((await vmx('show', contactId)).said, /Nothing: it was delivered\.$/);
});

test('no number is in a list or shown, unless it is asked for', async () => {
  const { contactId } = simulator.connect.placeCall(MESSAGE);
  await settled(contactId);

  const without = [await vmx('list', '--state', 'all'), await vmx('list', '--state', 'all', '--json')];
  const shown = await vmx('show', contactId, '--json');
  const asked = [await vmx('list', '--state', 'all', '--numbers'), await vmx('show', contactId, '--numbers')];

  for (const { code, said } of [...without, shown]) {
    assert.equal(code, 0);
    assert.match(said, new RegExp(contactId));
    assert.ok(!said.includes(CALLER.slice(2)));
  }
  for (const { said } of asked) assert.ok(said.includes(CALLER));
});

test('a list is narrowed by state, by time and by queue', async () => {
  const { contactId } = simulator.connect.placeCall(MESSAGE);
  await settled(contactId);
  const listed = async (...args: readonly string[]) =>
    (await vmx('list', '--state', 'delivered', ...args)).said.includes(contactId);

  assert.equal(await listed(), true);
  assert.equal(await listed('--queue', BILLING_ARN.slice(BILLING_ARN.lastIndexOf('/') + 1)), true);
  assert.equal(await listed('--queue', 'Billing'), true);
  assert.match((await vmx('list', '--state', 'delivered')).said, / Billing +as /);
  assert.equal(await listed('--queue', `${BILLING_ARN}0`), false);
  assert.equal(await listed('--since', '2099-01-01'), false);
  assert.equal((await vmx('list', '--state', 'open')).said.includes(contactId), false);
});

test('a recording alone is delivered, by the contact’s id or by its key', async () => {
  for (const by of ['id', 'key'] as const) {
    const contactId = await undeliverable();
    const key = await until('the recording', () =>
      simulator.s3
        .list(simulator.deployment.outputs['RecordingsBucket'] ?? '', 'recordings/')
        .find((one) => one.endsWith(`${contactId}.wav`)),
    );
    // The event of the recording comes after seconds, and would enter it again.
    await simulator.clock.sleep(60_000);
    await dynamodb.send(new DeleteCommand({ TableName: LEDGER, Key: { contactId } }));

    const shown = await vmx('show', contactId);
    const { said } = await vmx('redrive', by === 'id' ? contactId : key, '--yes');
    await settled(contactId);

    assert.match(shown.said, /not in the ledger/);
    assert.match(said, /delivers it .*The ledger does not know it/);
    assert.equal(tasksOf(contactId).length, 1);
    assert.equal((await taskOf(contactId)).description, 'please call me back');
  }
});

test('an operator reads what Transcribe said, and an agent does not', async () => {
  const attributes = { vmx3_flag: '1', vmx3_lang: 'de-AT' };
  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, attributes });
  await settled(contactId);

  const { said } = await vmx('show', contactId);

  assert.match(
    said,
    /UNKNOWN_LANGUAGE, de-AT, BadRequestException: 1 validation error detected: Value 'de-AT'/,
  );
  assert.doesNotMatch((await taskOf(contactId)).description, /BadRequest|validation/);
});

test('a blank voicemail is delivered only if that is asked for', async () => {
  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, audio: new Int16Array(24_000) });
  await until('the silence to be noted', () => logged('"outcome":"blank"', contactId));

  const refused = await vmx('redrive', contactId, '--yes');
  assert.match(refused.said, /nothing to do, nothing was said in it; --blank delivers it anyway/);
  assert.match((await vmx('show', contactId)).said, /Nothing was said, so nobody was notified/);
  await vmx('redrive', contactId, '--blank', '--yes');
  await settled(contactId);

  assert.equal(tasksOf(contactId).length, 1);
});

test('impossible requests are refused in words', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  const { AWS_ACCESS_KEY_ID: key } = process.env;

  const unknown = [await vmx('show', nobody), await vmx('redrive', nobody, '--yes')];
  const elsewhere = await vmx('list', '--stack', 'Other');
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIANOBODYKNOWSTHIS0';
  const stranger = await vmx('list');
  process.env['AWS_ACCESS_KEY_ID'] = key;
  const unreachable = await vmx('list', '--endpoint', 'http://127.0.0.1:9');

  for (const { code, said } of unknown) assert.match(`${code} ${said}`, /^1 .*nothing is known of 0{8}/);
  assert.match(elsewhere.said, /there is no stack Other/);
  assert.match(`${stranger.code} ${stranger.said}`, /^1 .*does not accept the credentials/);
  assert.match(`${unreachable.code} ${unreachable.said}`, /^1 .*127\.0\.0\.1:9 cannot be reached/);
});

test('a voicemail in a state of a later version is listed and shown by its raw name, and left alone', async () => {
  const contactId = await undeliverable();
  const dueAtMs = simulator.clock.now() + 3_600_000;
  await setState(contactId, 'summarizing', dueAtMs);

  const asked = [['list'], ['list', '--state', 'all'], ['list', '--state', 'open,summarizing']];
  for (const args of asked) {
    assert.match(
      (await vmx(...args)).said,
      new RegExp(`${contactId} +summarizing .*a state of a later version`),
    );
  }
  assert.doesNotMatch((await vmx('list', '--state', 'parked')).said, new RegExp(contactId));
  const { code, said: shown } = await vmx('show', contactId);
  const { said: plan } = await vmx('redrive', contactId, '--yes');
  await setState(contactId, 'summ\u001B[31m arizing', dueAtMs);
  const { said: hostile } = await vmx('show', contactId);

  assert.equal(code, 0);
  assert.match(
    shown,
    new RegExp(`^${contactId}  summarizing\n[^]*A later version of the stack wrote this state`),
  );
  assert.match(plan, /nothing to do, its state "summarizing" is of a later version/);
  assert.match(hostile, new RegExp(`^${contactId}  summ\\?31m\\?arizing\n`));
  assert.equal(`${shown}${plan}${hostile}`.includes('malformed'), false);
});

test('an entry that this version cannot read is shown as far as possible', async () => {
  const contactId = 'c0ffee00-0000-4000-8000-00000000f00d';
  await setState(contactId, 'summarizing', simulator.clock.now() + 3_600_000);

  const { code, said } = await vmx('show', contactId);

  assert.equal(code, 0);
  assert.match(said, new RegExp(`^${contactId}  summarizing, but this version cannot read its ledger entry`));
});

/** The entry as a later version of the stack may have written it. */
async function setState(contactId: string, state: string, dueAtMs: number): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: LEDGER,
      Key: { contactId },
      UpdateExpression: 'SET #state = :state, #open = :open, dueAtMs = :due',
      ExpressionAttributeNames: { '#state': 'state', '#open': 'open' },
      ExpressionAttributeValues: { ':state': state, ':open': '1', ':due': dueAtMs },
    }),
  );
}

test('arguments that make no sense are answered with the usage', async () => {
  for (const args of [
    ['redrive'],
    ['redrive', 'x', '--parked'],
    ['redrive', '--queue', 'constructor'],
    ['redrive', 'a b'],
    ['show'],
    ['list', '--state', 'lost'],
    ['list', '--since', 'yesterday'],
    ['list', '--endpoint', 'nowhere'],
  ]) {
    const { code, said } = await vmx(...args);

    assert.equal(code, 2, said);
    assert.match(said, /\nvmx help \w+ shows how it is used/);
  }
});
