import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { revokeCommand, unrevokeCommand } from '../../cli/links/revoke.ts';
import { rotateKeyCommand } from '../../cli/links/rotate-key.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { listCommand } from '../../cli/voicemails/list.ts';
import { redriveCommand } from '../../cli/voicemails/redrive.ts';
import { showCommand } from '../../cli/voicemails/show.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

const MINUTE_MS = 60_000;
const NOBODY = 'c0ffee00-0000-4000-8000-000000000bad';
const MESSAGE = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(1.5) };

const { simulator, taskOf, settled } = await startLaptop();
process.env['AWS_ENDPOINT_URL'] = simulator.endpoint;
process.env['AWS_ACCESS_KEY_ID'] = simulator.credentials.accessKeyId;
process.env['AWS_SECRET_ACCESS_KEY'] = simulator.credentials.secretAccessKey;

/** What a command waits is waited in the simulator. */
async function wait(ms: number): Promise<void> {
  simulator.clock.advance(ms);
  return Promise.resolve();
}
const COMMANDS = [
  revokeCommand,
  unrevokeCommand,
  rotateKeyCommand,
  listCommand,
  showCommand,
  redriveCommand,
].map((command) => command(wait));

async function vmx(...args: readonly string[]) {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const code = await runVmx(COMMANDS, args, { out: say, err: say });
  return { code, said: lines.join('\n') };
}

/** A voicemail that was delivered, and the link in its task. */
async function delivered() {
  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);
  await settled(contactId);
  return { contactId, link: task.references['Recording']?.value ?? '' };
}

async function status(link: string): Promise<number> {
  return (await fetch(link, { redirect: 'manual' })).status;
}

test('a revoked link opens no more, whether it is named by its contact or by itself, and opens again', async () => {
  const { contactId, link } = await delivered();
  assert.equal(await status(link), 302);

  const revoked = await vmx('revoke', link);
  const again = await vmx('revoke', contactId);
  const { said: shown } = await vmx('show', contactId);
  const whileRevoked = await status(link);
  const allowed = await vmx('unrevoke', contactId, '--json');

  assert.deepEqual(revoked, { code: 0, said: `${contactId}: its links open no more` });
  assert.match(again.said, /^[\w-]+: its links open no more, since \d{4}-\d\d-\d\dT/);
  assert.match(shown, /link revoked +\d{4}-/);
  assert.equal(whileRevoked, 410);
  assert.deepEqual(JSON.parse(allowed.said), { contacts: [{ contactId, isKnown: true }] });
  assert.equal(await status(link), 302);
});

test('a contact that the ledger does not know makes no entry, and does not keep others from being revoked', async () => {
  const { contactId, link } = await delivered();

  const { code, said } = await vmx('revoke', NOBODY, contactId);

  assert.equal(code, 1);
  assert.match(said, new RegExp(`${NOBODY}: the ledger does not know it`));
  assert.match(said, new RegExp(`${contactId}: its links open no more`));
  assert.equal(await status(link), 410);
  assert.match((await vmx('show', NOBODY)).said, /nothing is known of/);
  assert.equal((await vmx('revoke', 'https://example.com/r/')).code, 2);
});

test('the key is changed only if that is confirmed, and not so soon that links break unless that is said', async () => {
  const { link } = await delivered();

  const plan = await vmx('rotate-key');
  const first = await vmx('rotate-key', '--yes');
  await wait(6 * MINUTE_MS);
  const { link: next } = await delivered();
  const refused = await vmx('rotate-key', '--yes');

  assert.match(plan.said, /A new key breaks no link\.\nNothing has been done yet/);
  assert.match(first.said, /The key is changed\./);
  assert.deepEqual([await status(link), await status(next)], [302, 302]);
  assert.equal(refused.code, 1);
  assert.match(refused.said, /links that were made before .* would stop working.*say --break-links/);

  assert.equal((await vmx('rotate-key', '--yes', '--break-links')).code, 0);
  await wait(6 * MINUTE_MS);
  assert.deepEqual([await status(link), await status(next)], [403, 302]);
});

test('a key that somebody else knows is withdrawn: no link from before opens, those from then on do', async () => {
  const { link } = await delivered();

  const { code, said } = await vmx('rotate-key', '--withdraw', '--yes');
  await wait(6 * MINUTE_MS);
  const { link: next } = await delivered();

  assert.equal(code, 0);
  assert.match(said, /Waiting ten minutes[^]*changed again/);
  assert.deepEqual([await status(link), await status(next)], [403, 302]);
});

const DAMAGED = {
  contactId: 'c0ffee00-0000-4000-8000-00000000da3a',
  state: 'parked',
  parkedAtMs: 'yesterday',
  voicemail: { endedAtMs: 'noon' },
};
const MISTYPED = { contactId: 'mistyped id!', state: 'parked' };

test('entries that cannot be read are listed with what is wrong, and keep nothing from being listed or redriven', async (t) => {
  const { contactId } = await delivered();
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  const TableName = simulator.deployment.outputs['LedgerTable'] ?? '';
  for (const Item of [DAMAGED, MISTYPED]) {
    await dynamodb.send(new PutCommand({ TableName, Item }));
    const Key = { contactId: Item.contactId };
    t.after(() => dynamodb.send(new DeleteCommand({ TableName, Key })));
  }

  const listed = await vmx('list', '--state', 'all');
  const machine = await vmx('list', '--state', 'parked', '--json');
  const redriven = await vmx('redrive', '--parked', '--yes');

  assert.equal(listed.code, 0, listed.said);
  assert.match(listed.said, new RegExp(`${contactId} +unheard`));
  assert.match(
    listed.said,
    new RegExp(`${DAMAGED.contactId} .*cannot be read in its entry: parkedAtMs, voicemail`),
  );
  assert.match(listed.said, /mistyped\?id\? .*cannot be read in its entry: contactId/);
  assert.match(machine.said, /"unreadable": \[\s*"contactId"\s*\]/);
  assert.equal(redriven.code, 0, redriven.said);
  assert.match(redriven.said, /nothing to do, its ledger entry cannot be read: parkedAtMs, voicemail/);
  assert.match(redriven.said, /mistyped\?id\?: nothing to do, its ledger entry cannot be read: contactId/);
});
