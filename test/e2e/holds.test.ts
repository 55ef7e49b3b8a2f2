import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import { holdCommand, releaseHoldCommand } from '../../cli/holds/hold.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { showCommand } from '../../cli/voicemails/show.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import sample from '../../voicemail.config.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

const NOBODY = 'c0ffee00-0000-4000-8000-000000000bad';
/** No item of DynamoDB lives so long by the retention. */
const FAR_AWAY = Date.UTC(9999, 0, 1) / 1000;

const { simulator, taskOf, settled, tasksOf } = await startLaptop();
const { endpoint, deployment, s3, clock } = simulator;
const statements = (await policiesOf('operate', sample)).flatMap(({ Statement }) => Statement);
const operator = simulator.addRole({ arn: 'arn:aws:iam::111122223333:role/Operator', statements });
process.env['AWS_ENDPOINT_URL'] = endpoint;
process.env['AWS_ACCESS_KEY_ID'] = operator.accessKeyId;
process.env['AWS_SECRET_ACCESS_KEY'] = operator.secretAccessKey;
process.env['AWS_SESSION_TOKEN'] = operator.sessionToken ?? '';

const dynamodb = new DynamoDBClient({ endpoint, credentials: simulator.credentials, region: 'us-east-1' });
const [table] = Object.values(deployment.tables);
const TableName = table?.name ?? '';
const bucketOf = (part: string) => deployment.physicalId(deployment.idOf('AWS::S3::Bucket', part));
const held = () => ['recordings', 'transcripts'].flatMap((part) => s3.list(bucketOf(part), 'held/'));

const Entry = z.looseObject({
  expiresAt: z.number(),
  deliveredId: z.string().optional(),
  heldBy: z.string().optional(),
  releasedBy: z.string().optional(),
});

async function entryOf(contactId: string) {
  const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { contactId } }));
  return Entry.parse(Item);
}

async function vmx(...args: readonly string[]) {
  const commands = [holdCommand, releaseHoldCommand, showCommand].map((command) =>
    command(() => Promise.resolve()),
  );
  const [lines, results]: [string[], string[]] = [[], []];
  const err = (text: string) => void lines.push(text);
  const out = (text: string) => {
    err(text);
    results.push(text);
  };
  const code = await runVmx(commands, args, { out, err });
  return { code, said: lines.join('\n'), out: results.join('\n') };
}

async function delivered(from = CALLER): Promise<string> {
  const { contactId } = simulator.connect.placeCall({ from, audio: spokenNoise(1) });
  await taskOf(contactId);
  await settled(contactId);
  return contactId;
}

test('a hold keeps recording, transcript and entry, and its end lets the retention count again', async () => {
  const contactId = await delivered();
  const before = await entryOf(contactId);

  const hold = await vmx('hold', contactId);

  const during = await entryOf(contactId);
  const { said: shown } = await vmx('show', contactId);
  assert.partialDeepStrictEqual(hold, { code: 0, said: `${contactId}: held` });
  assert.equal(held().filter((key) => key.includes(contactId)).length, 2);
  assert.ok(during.expiresAt > FAR_AWAY);
  assert.match(during.heldBy ?? '', /assumed-role\/Operator\//);
  assert.match(shown, /held +since \d{4}-.*, by arn:.*Operator/);

  const release = await vmx('release-hold', contactId);

  const after = await entryOf(contactId);
  assert.partialDeepStrictEqual(release, {
    code: 0,
    said: `${contactId}: released: the retention counts again`,
  });
  assert.deepEqual(held(), []);
  assert.equal(after.expiresAt, before.expiresAt);
  assert.equal(after['heldUntil'], undefined);
  assert.match(after.releasedBy ?? '', /assumed-role\/Operator\//);
  assert.match((await vmx('show', contactId)).said, /hold released +\d{4}-/);
});

test('what the pipeline writes of a held voicemail does not end the hold', async () => {
  const contactId = await delivered();
  await vmx('hold', contactId);
  const { deliveredId = '' } = await entryOf(contactId);
  const ports = ledger(dynamodb, { tableName: TableName, retentionMs: 1000, now: clock.now });

  const end = { contactId, taskId: deliveredId, taskIds: [deliveredId], endedAtMs: clock.now() };
  assert.equal(await ports.noteReturn({ ...end, reason: 'EXPIRED', hasAgent: false }, clock.now()), true);

  assert.ok((await entryOf(contactId)).expiresAt > FAR_AWAY);
  await vmx('release-hold', contactId);
});

test('a hold again copies what came later, and changes neither its beginning nor its end', async () => {
  const contactId = await delivered();
  await vmx('hold', contactId);
  const first = await entryOf(contactId);

  const again = await vmx('hold', contactId);

  assert.equal(again.code, 0);
  assert.match(again.said, /: held, since \d{4}-/);
  assert.deepEqual(await entryOf(contactId), first);
  await vmx('release-hold', contactId);
  assert.match((await vmx('release-hold', contactId)).said, /nobody holds it/);
});

test('a copy starts no transcription and no delivery', async () => {
  const contactId = await delivered();

  await vmx('hold', contactId);
  await clock.sleep(5 * 60_000);

  assert.equal(tasksOf(contactId).length, 1);
  await vmx('release-hold', contactId);
});

test('all voicemails of a number are held, and what is not known is said', async () => {
  const other = '+15555550143';
  // Networks and flows write a number in more than one way.
  const asAddress = `sip:${other}@carrier.example`;
  const [first, second, third] = [await delivered(other), await delivered(asAddress), await delivered()];

  const { code, out: said } = await vmx('hold', '--from', other, '--json');
  const unknown = await vmx('hold', NOBODY);

  assert.equal(code, 0);
  const Said = z.object({ contacts: z.array(z.object({ contactId: z.string(), isDone: z.boolean() })) });
  const ids = Said.parse(JSON.parse(said)).contacts.map(({ contactId }) => contactId);
  assert.deepEqual(new Set(ids), new Set([first, second]));
  assert.doesNotMatch(held().join(), new RegExp(third));
  assert.partialDeepStrictEqual(unknown, { code: 1, said: `${NOBODY}: the ledger does not know it` });
  await vmx('release-hold', '--from', other);
  assert.deepEqual(held(), []);
});

test('entries that this version cannot read are named where a number is held, and the whole reading is said', async () => {
  const number = '+15555550144';
  const contactId = await delivered(number);
  const ofLater = 'c0ffee00-0000-4000-8000-0000000001a7';
  await dynamodb.send(
    new PutCommand({
      TableName,
      Item: { contactId: ofLater, schemaVersion: 99, state: 'delivered', voicemail: { caller: 'elsewhere' } },
    }),
  );

  const { code, said } = await vmx('hold', '--from', number);
  const json = await vmx('hold', '--from', number, '--json');
  await dynamodb.send(new DeleteCommand({ TableName, Key: { contactId: ofLater } }));
  const without = await vmx('hold', '--from', number);

  assert.match(said, /^The whole ledger was read, \d+ entries: 1 from this number\.$/m);
  assert.match(said, new RegExp(`1 entry cannot be read by this version.*${ofLater}$`, 'm'));
  assert.match(said, new RegExp(`^${contactId}: held`, 'm'));
  // What may have been meant and was not held is no success.
  assert.equal(code, 1);
  assert.match(json.said, new RegExp(`"notReadable": \\[\\s+"${ofLater}"`));
  assert.equal(without.code, 0);
  assert.doesNotMatch(without.said, /cannot be read/);
  assert.match((await vmx('hold', '--from', '+15555550199')).said, /: 0 from this number\./);
  await vmx('release-hold', '--from', number);
});

test('what cannot be held is said before AWS is asked', async () => {
  assert.equal((await vmx('hold')).code, 2);
  assert.equal((await vmx('hold', '--from', '555-0142')).code, 2);
  assert.equal((await vmx('hold', NOBODY, '--from', CALLER)).code, 2);
});
