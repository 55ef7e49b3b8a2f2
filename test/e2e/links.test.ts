import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

/** Links that are valid for half an hour, so that the test need not run a month of schedules. */
const { simulator, happenings, taskOf } = await startLaptop({
  templatePatch: (template) =>
    JSON.parse(JSON.stringify(template).replace(/"LINK_DAYS":"\d+"/, `"LINK_DAYS":"${30 / 1440}"`)),
});
const { endpoint, credentials, clock, deployment } = simulator;
const administrator = { endpoint, credentials, region: 'us-east-1' };
const secrets = new SecretsManagerClient(administrator);
const dynamodb = new DynamoDBClient(administrator);
const MINUTE_MS = 60_000;
/** Longer than the functions remember the keys. */
const KEYS_REMEMBERED_MS = 6 * MINUTE_MS;

let link = '';
before(async () => void (link = (await leaveMessage()).link));

test('a link is short, and does not name bucket or caller', () => {
  const path = new URL(link).pathname;

  assert.ok(path.length < 200);
  assert.doesNotMatch(path, /recordings|5555550142/);
});

test('what a browser needs to play and to seek works through the link', async () => {
  const whole = await fetch(link);
  const bytes = Buffer.from(await whole.arrayBuffer());
  const parts = ['bytes=0-43', 'bytes=8000-', 'bytes=-100'];
  const sought = await Promise.all(parts.map((range) => fetch(link, { headers: { range } })));
  const heard = await Promise.all(sought.map(async (part) => Buffer.from(await part.arrayBuffer())));

  assert.equal(whole.headers.get('content-type'), 'audio/wav');
  assert.equal(whole.headers.get('accept-ranges'), 'bytes');
  assert.equal(bytes.byteLength, 44 + 16_000);
  assert.deepEqual(
    sought.map(({ status, headers }) => `${status} ${headers.get('content-range')}`),
    ['206 bytes 0-43/16044', '206 bytes 8000-16043/16044', '206 bytes 15944-16043/16044'],
  );
  assert.deepEqual(heard, [bytes.subarray(0, 44), bytes.subarray(8000), bytes.subarray(-100)]);
});

test('a player can ask for the length of the recording before it plays it', async () => {
  const head = await fetch(link, { method: 'HEAD' });

  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), String(44 + 16_000));
  assert.equal((await head.arrayBuffer()).byteLength, 0);
});

test('a recording is played rather than saved, saved under a name without the caller, and kept nowhere', async () => {
  const { headers } = await fetch(link);

  assert.match(
    headers.get('content-disposition') ?? '',
    /^inline; filename="voicemail-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.wav"$/,
  );
  assert.equal(headers.get('cache-control'), 'private, no-store');
  assert.equal((await follow(link)).headers.get('cache-control'), 'no-store');
});

test('a changed link opens nothing, and reveals nothing', async () => {
  const forged = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const elsewhere = link.replace(/[0-9a-f]{12}\./, '000000000000.');
  const otherKey = link.replace(/\.[\w-]{8}\.([\w-]+)$/, '.abcdefgh.$1');
  const noLink = link.replace(/\/r\/.*/, '/elsewhere');

  const answers = await Promise.all([forged, elsewhere, otherKey, noLink].map((url) => follow(url)));

  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 403, 403],
  );
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  assert.equal(new Set(bodies).size, 1);
  const [first, ...others] = answers.map(({ headers }) => JSON.stringify(withoutDate(headers)));
  for (const other of others) assert.equal(other, first);
});

test('a link cannot be written to', async () => {
  assert.equal((await follow(link, 'POST')).status, 405);
});

test('opening is logged by contact, without token or signed URL', () => {
  const lines = happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));

  const opened = lines.filter((line) => line.includes('recording link followed'));
  assert.ok(opened.some((line) => line.includes('"outcome":"open"') && line.includes('"contactId"')));
  const signature = new URL(link).pathname.split('.').at(-1) ?? '';
  assert.ok(lines.every((line) => !line.includes(signature) && !line.includes('X-Amz-Signature')));
});

test('after the key is changed old links and new ones open; changed again, the oldest do not', async () => {
  await changeKey();
  clock.advance(KEYS_REMEMBERED_MS);
  const next = await leaveMessage();
  assert.notEqual(keyOf(next.link), keyOf(link));
  assert.deepEqual(await statusesOf(link, next.link), [302, 302]);

  await changeKey();
  clock.advance(KEYS_REMEMBERED_MS);
  assert.deepEqual(await statusesOf(link, next.link), [403, 302]);
});

test('a revoked link does not open, and opens again when the revocation is removed', async () => {
  const { contactId, link: withdrawn } = await leaveMessage();

  await changeEntry(contactId, 'SET linkRevokedAtMs = :now', { ':now': { N: String(clock.now()) } });
  assert.deepEqual(await statusesOf(withdrawn), [410]);

  await changeEntry(contactId, 'REMOVE linkRevokedAtMs');
  assert.deepEqual(await statusesOf(withdrawn), [302]);
  link = withdrawn;
});

test('a signed URL is valid for minutes, and a link for the configured time', async () => {
  const signed = (await follow(link)).headers.get('location') ?? '';
  clock.advance(16 * MINUTE_MS);
  assert.equal((await fetch(signed)).status, 403);
  assert.equal((await follow(link)).status, 302);

  clock.advance(15 * MINUTE_MS);
  assert.equal((await follow(link)).status, 410);
});

async function leaveMessage(): Promise<{ contactId: string; link: string }> {
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(1) });
  return { contactId, link: (await taskOf(contactId)).references['Recording']?.value ?? '' };
}

function follow(url: string, method = 'GET') {
  return fetch(url, { method, redirect: 'manual' });
}

async function statusesOf(...links: readonly string[]): Promise<number[]> {
  return (await Promise.all(links.map((url) => follow(url)))).map(({ status }) => status);
}

const withoutDate = (headers: Headers) => [...headers].filter(([name]) => !/^date$|request-?id/.test(name));
const keyOf = (url: string) => new URL(url).pathname.split('.').at(-2);

/** As `vmx rotate-key` does. */
async function changeKey(): Promise<void> {
  const SecretString = JSON.stringify({ key: crypto.randomUUID() + crypto.randomUUID() });
  await secrets.send(new PutSecretValueCommand({ SecretId: deployment.outputs['LinkSecret'], SecretString }));
}

/** As `vmx revoke` and `vmx unrevoke` do. */
async function changeEntry(
  contactId: string,
  UpdateExpression: string,
  ExpressionAttributeValues?: Record<string, { N: string }>,
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: deployment.outputs['LedgerTable'],
    Key: { contactId: { S: contactId } },
    UpdateExpression,
    ConditionExpression: 'attribute_exists(contactId)',
    ExpressionAttributeValues,
  });
  await dynamodb.send(command);
}
